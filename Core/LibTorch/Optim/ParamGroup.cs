using System.Collections.Generic;
using System.IO;

namespace TorchSharp.Modules;

/// <summary>Options of one group of parameters.</summary>
public abstract class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate ?? InitialLearningRate);
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
    }

    /// <summary>Takes every value of <paramref name="source"/>, which is of the same kind.</summary>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }

    internal abstract OptimizerOptions Clone();
}

/// <summary>Parameters that share their options.</summary>
public class ParamGroup : ILearningRateController
{
    private IEnumerable<Parameter> parameters = [];

    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, OptimizerOptions? options = null)
    {
        Parameters = parameters;
        Options = options!;
    }

    public IEnumerable<Parameter> Parameters
    {
        get => parameters;
        set
        {
            Members = [.. value];
            parameters = Members;
        }
    }

    public OptimizerOptions Options { get; set; } = null!;

    public double LearningRate
    {
        get => Options.LearningRate ?? Options.InitialLearningRate;
        set => Options.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }

    internal Parameter[] Members { get; private set; } = [];
}

/// <summary>A group whose options are of a known kind.</summary>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
        : base(parameters, options)
    {
    }
}
