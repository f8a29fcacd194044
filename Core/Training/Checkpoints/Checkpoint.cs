using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Files;

namespace Orchestrator.Core.Training.Checkpoints;

/// <summary>Everything that a training needs to go on as if it had never stopped.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Tensors">Weights, buffers, optimizer state and running sums, by name.</param>
internal sealed record Checkpoint(string Trial, TrainingState State, IReadOnlyDictionary<string, StoredTensor> Tensors)
{
    /// <summary>
    /// Raised when older programs could not go on from what newer ones write. Until 1, an optimizer's state was one tensor of
    /// bytes in the torch provider's own format; since 2 it is tensors by the parameters' names.
    /// </summary>
    private const string Schema = "2";
    private const string FirstSchema = "1";

    /// <summary>Writes it as one safetensors file.</summary>
    public void Write(Stream stream) => Safetensors.Write(stream, Tensors, new Dictionary<string, string>
    {
        ["kind"] = "orchestrator-checkpoint",
        ["schema"] = Schema,
        ["trial"] = Trial,
        ["state"] = JsonSerializer.Serialize(State),
    });

    /// <summary>Reads the checkpoint of a trial.</summary>
    /// <exception cref="InvalidDataException">It is damaged, of another trial or of another schema.</exception>
    public static Checkpoint Read(Stream stream, string trial)
    {
        var content = Safetensors.Read(stream);
        Expect(content.Metadata, "kind", "orchestrator-checkpoint");
        Expect(content.Metadata, "schema", Schema, FirstSchema);
        Expect(content.Metadata, "trial", trial);
        try
        {
            var state = JsonSerializer.Deserialize<TrainingState>(content.Metadata["state"]);
            return new(trial, state ?? throw new InvalidDataException("it holds no state"), content.Tensors);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            throw new InvalidDataException($"its state is damaged: {e.Message}", e);
        }
    }

    /// <summary>The name of its file, in whose ordinal order trainings advance: epochs completed, batches of the next.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{State.Epoch:D6}-{State.Batch:D6}.safetensors");

    private static void Expect(IReadOnlyDictionary<string, string> metadata, string key, params string[] expected)
    {
        var found = metadata.GetValueOrDefault(key);
        if (!expected.Contains(found))
            throw new InvalidDataException($"its {key} is '{found ?? "missing"}', not '{string.Join("' or '", expected)}'");
    }
}
