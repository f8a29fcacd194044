using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Bench;

/// <summary>The models of the benchmark as configurations; bench/pytorch/models.py has the same in PyTorch.</summary>
internal static class BenchModels
{
    private static readonly ParameterSet Base = ParameterSet.Empty
        .With(Parameters.Dataset, "fashion-mnist")
        .With(Parameters.Validation, 0)
        .With(Parameters.Family, "vae")
        .With(Parameters.BatchSize, 128);

    /// <summary>All of them, by name.</summary>
    public static ImmutableDictionary<string, ParameterSet> All { get; } = new Dictionary<string, ParameterSet>
    {
        ["dense-vae"] = Dense(Base, 400).With(Parameters.Latent, 20),
        ["conv-vae"] = Base
            .With(Parameters.Encoder, "conv").With(Parameters.Depth, 2).With(Parameters.Width, 32).With(Parameters.Latent, 2),
        ["004-conv-vae"] = Integers(Integers(Base.With(Parameters.Encoder, "conv"), "channels", 32, 64, 64, 64), "strides", 1, 2, 1, 1)
            .With("hidden", new ParameterValue.IntegerList([32])).With("decoder_hidden", new ParameterValue.IntegerList([]))
            .With("decoder_channels", new ParameterValue.IntegerList([32])).With(Parameters.Latent, 2),
        ["002-cvae"] = Integers(Integers(Integers(Base, "channels", 16), "hidden", 784), "decoder_hidden", 64)
            .With(Parameters.Family, "cvae").With(Parameters.Encoder, "conv").With("decoder", new ParameterValue.Text("dense"))
            .With("batch_norm", new ParameterValue.Text("before")).With(Parameters.Latent, 10).With(Parameters.WeightDecay, 1e-5),
        ["simple-ae"] = Base
            .With(Parameters.Family, "ae").With(Parameters.Encoder, "dense").With("hidden", new ParameterValue.IntegerList([]))
            .With("code_activation", new ParameterValue.Text("relu")).With(Parameters.Latent, 32)
            .With(Parameters.Reduction, "mean").With(Parameters.BatchSize, 32),
        ["001-gan"] = Dense(Base, 128)
            .With(Parameters.Family, "gan").With(Parameters.Latent, 64).With(Parameters.BatchSize, 256)
            .With(Parameters.LearningRate, 2e-4).With("label_smoothing", new ParameterValue.Real(0.1)),
    }.ToImmutableDictionary();

    private static ParameterSet Integers(ParameterSet parameters, string name, params long[] values) =>
        parameters.With(name, new ParameterValue.IntegerList([.. values]));

    private static ParameterSet Dense(ParameterSet parameters, int width) =>
        parameters.With(Parameters.Encoder, "dense").With("hidden", new ParameterValue.IntegerList([width]));
}
