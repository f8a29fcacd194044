using System;
using System.IO;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState : IDisposable
{
    private protected OptimizerState(Parameter parameter) => Parameter = parameter;

    internal Parameter Parameter { get; }

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Copies every value of <paramref name="source"/>, which is of the same kind.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    // State outlives every scope that happens to be open.
    private protected static Tensor ZerosLike(Parameter parameter)
    {
        using var quiet = no_grad();
        return zeros_like(parameter).DetachFromDisposeScope();
    }

    private protected static void Save(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    /// <summary>Fills the tensor that is there, makes it on the parameter's device, or takes it away: as the file has it.</summary>
    private protected void Load(BinaryReader reader, ref Tensor? tensor)
    {
        if (!reader.ReadBoolean())
        {
            tensor?.Dispose();
            tensor = null;
            return;
        }

        using var scope = NewDisposeScope();
        Replace(TensorExtensionMethods.Load(reader), ref tensor);
    }

    private protected void Replace(Tensor? source, ref Tensor? tensor)
    {
        if (source is null)
        {
            tensor?.Dispose();
            tensor = null;
            return;
        }

        if (!source.shape.AsSpan().SequenceEqual(Parameter.shape))
        {
            throw new ArgumentException(
                $"The optimizer's state has shape [{string.Join(", ", source.shape)}], its parameter [{string.Join(", ", Parameter.shape)}].");
        }

        using var quiet = no_grad();
        tensor ??= empty_like(Parameter).detach().DetachFromDisposeScope();
        tensor.copy_(source);
    }
}
