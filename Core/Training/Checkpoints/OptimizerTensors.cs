using Orchestrator.Core.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training.Checkpoints;

/// <summary>
/// What Adam remembers, as tensors by the names of the parameters: <c>NAME.step</c>, <c>NAME.exp_avg</c> and
/// <c>NAME.exp_avg_sq</c>, PyTorch's words for them. A training can go on from them under any torch provider.
/// </summary>
internal static class OptimizerTensors
{
    private const string Step = ".step";
    private const string Mean = ".exp_avg";
    private const string Square = ".exp_avg_sq";

    /// <summary>The state of each parameter, the parameters being named in the optimizer's order.</summary>
    public static IEnumerable<(string Name, StoredTensor Tensor)> Of(Adam optimizer, IEnumerable<string> parameters)
    {
        foreach (var (name, state) in States(optimizer, parameters))
        {
            yield return (name + Step, StoredTensor.Of(state.step));
            yield return (name + Mean, StoredTensor.Of(state.exp_avg));
            yield return (name + Square, StoredTensor.Of(state.exp_avg_sq));
        }
    }

    /// <summary>Restores what <see cref="Of"/> gave.</summary>
    /// <exception cref="InvalidDataException">A tensor has another shape or type.</exception>
    public static void Load(Adam optimizer, IEnumerable<string> parameters, Func<string, StoredTensor> find)
    {
        foreach (var (name, state) in States(optimizer, parameters))
        {
            state.step = find(name + Step).ToInteger();
            find(name + Mean).CopyTo(state.exp_avg);
            find(name + Square).CopyTo(state.exp_avg_sq);
        }
    }

    /// <summary>Restores what programs before the checkpoints' schema 2 stored: the provider's own bytes.</summary>
    /// <exception cref="InvalidDataException">They are not this provider's, or not of this model.</exception>
    public static void LoadOpaque(Adam optimizer, StoredTensor stored)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(stored.Bytes.ToArray()));
            optimizer.load_state_dict(reader);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            throw new InvalidDataException(
                $"an earlier program stored its optimizer in the format of its torch provider, which this one cannot read: {e.Message}", e);
        }
    }

    private static IEnumerable<(string Name, Adam.State State)> States(Adam optimizer, IEnumerable<string> parameters) =>
        parameters.Zip(optimizer.state_dict().State.Cast<Adam.State>());
}
