using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;

namespace Orchestrator.Bench;

/// <summary>The models of the benchmark as configurations; bench/pytorch/models.py has the same in PyTorch.</summary>
internal static class BenchModels
{
    private static readonly ParameterSet Base = ParameterSet.Empty
        .With(DatasetSelection.Dataset, "fashion-mnist")
        .With(DatasetSelection.Validation, 0)
        .With(ModelParameters.Family, "vae")
        .With(TrainingParameters.BatchSize, 128);

    /// <summary>All of them, by name.</summary>
    public static ImmutableDictionary<string, ParameterSet> All { get; } = new Dictionary<string, ParameterSet>
    {
        ["dense-vae"] = Dense(Base, 400).With(ModelParameters.Latent, 20),
        ["conv-vae"] = Base
            .With(ModelParameters.Encoder, "conv").With(ModelParameters.Depth, 2).With(ModelParameters.Width, 32).With(ModelParameters.Latent, 2),
        ["004-conv-vae"] = Integers(Integers(Base.With(ModelParameters.Encoder, "conv"), "channels", 32, 64, 64, 64), "strides", 1, 2, 1, 1)
            .With("hidden", new ParameterValue.IntegerList([32])).With("decoder_hidden", new ParameterValue.IntegerList([]))
            .With("decoder_channels", new ParameterValue.IntegerList([32])).With(ModelParameters.Latent, 2),
        ["002-cvae"] = Integers(Integers(Integers(Base, "channels", 16), "hidden", 784), "decoder_hidden", 64)
            .With(ModelParameters.Family, "cvae").With(ModelParameters.Encoder, "conv").With("decoder", new ParameterValue.Text("dense"))
            .With("batch_norm", new ParameterValue.Text("before")).With(ModelParameters.Latent, 10).With(TrainingParameters.WeightDecay, 1e-5),
        ["simple-ae"] = Base
            .With(ModelParameters.Family, "ae").With(ModelParameters.Encoder, "dense").With("hidden", new ParameterValue.IntegerList([]))
            .With("code_activation", new ParameterValue.Text("relu")).With(ModelParameters.Latent, 32)
            .With(ObjectiveParameters.Reduction, "mean").With(TrainingParameters.BatchSize, 32),
        ["001-gan"] = Dense(Base, 128)
            .With(ModelParameters.Family, "gan").With(ModelParameters.Latent, 64).With(TrainingParameters.BatchSize, 256)
            .With(TrainingParameters.LearningRate, 2e-4).With("label_smoothing", new ParameterValue.Real(0.1)),
    }.ToImmutableDictionary();

    private static ParameterSet Integers(ParameterSet parameters, string name, params long[] values) =>
        parameters.With(name, new ParameterValue.IntegerList([.. values]));

    private static ParameterSet Dense(ParameterSet parameters, int width) =>
        parameters.With(ModelParameters.Encoder, "dense").With("hidden", new ParameterValue.IntegerList([width]));
}
