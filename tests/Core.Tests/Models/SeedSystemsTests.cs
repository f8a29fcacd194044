using Orchestrator.Core.Batches;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Models.Networks;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Models;

/// <summary>The architectures of the seed documents have the parameter counts that the documents or their reference runs give.</summary>
[Collection("torch")]
public sealed class SeedSystemsTests
{
    private static readonly ParameterSet Mnist = ParameterSet.Empty.With(DatasetSelection.Dataset, "mnist");
    private static readonly ParameterSet Conv = Mnist.With(ModelParameters.Encoder, "conv");

    private static readonly ParameterSet Burgess = Conv.With(ConvNetwork.Kernel, 4).With(DenseNetwork.Hidden, [256, 256])
        .With(ModelParameters.Latent, 10);

    private static Dictionary<string, (ParameterSet Parameters, long Encoder, long Decoder, long[] Sides)> Systems { get; } = new()
    {
        ["000-conv-vae-1"] = (
            Conv.With(ConvNetwork.Channels, [16, 64]).With(ConvNetwork.Downsampling, "pool").With(ConvNetwork.BatchNorm, "after")
                .With(DenseNetwork.Hidden, [30]).With(ConvNetwork.DecoderChannels, [64, 16]).With(ModelParameters.Latent, 16),
            104_702, 144_031, [7, 14, 28]),
        ["000-conv-vae-2"] = (
            Conv.With(ConvNetwork.Channels, [32, 64, 256, 512]).With(ConvNetwork.Downsampling, "pool").With(ConvNetwork.BatchNorm, "after")
                .With(DenseNetwork.Hidden, [60]).With(ConvNetwork.DecoderChannels, [512, 256, 64, 32]).With(ModelParameters.Latent, 32),
            1_383_100, 3_739_197, [1, 3, 7, 14, 28]),
        ["001-vae-64"] = (
            Conv.With(ConvNetwork.Channels, [32, 64]).With(DenseNetwork.Hidden, [16]).With(DenseNetwork.DecoderHidden, [])
                .With(ConvNetwork.DecoderChannels, [64, 32]).With(ModelParameters.Latent, 64),
            71_184, 259_521, [7, 14, 28]),
        ["002-cvae"] = (
            Conv.With(ModelParameters.Family, "cvae").With(ConvNetwork.Channels, [16]).With(ConvNetwork.BatchNorm, "before")
                .With(DenseNetwork.Hidden, [784]).With(ModelParameters.Decoder, "dense").With(DenseNetwork.DecoderHidden, [64])
                .With(ModelParameters.Latent, 10),
            2_483_140, 52_304, [28]),
        ["002-beta-vae-burgess"] = (
            Burgess.With(ConvNetwork.Channels, [32, 32, 32]).With(ConvNetwork.PadTo, 32), 235_636, 233_537, [4, 8, 16, 32, 28]),
        ["002-beta-vae-burgess at 64x64"] = (
            Burgess.With(DatasetSelection.Dataset, "dsprites").With(ConvNetwork.Channels, [32, 32, 32, 32]), 252_052, 249_953, [4, 8, 16, 32, 64]),
        ["004-conv-vae"] = (
            Conv.With(ConvNetwork.Channels, [32, 64, 64, 64]).With(ConvNetwork.Strides, [1, 2, 1, 1]).With(DenseNetwork.Hidden, [32])
                .With(DenseNetwork.DecoderHidden, []).With(ConvNetwork.DecoderChannels, [32]).With(ModelParameters.Latent, 2),
            494_244, 56_385, [14, 28]),
    };

    public static TheoryData<string> Names => [.. Systems.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_system_has_exactly_its_parameters_and_its_decoder_comes_back_to_the_image(string name)
    {
        var (parameters, encoder, decoder, sides) = Systems[name];
        var shape = DatasetFacts.Of(parameters).Shape;
        using var scope = NewDisposeScope();
        using var model = (Autoencoder)Initialisation.Build(ModelCatalogue.Of(parameters), parameters, shape, 1);
        var images = rand([2, 1, shape.Image.Height, shape.Image.Width]);
        var batch = new Batch(images, tensor(new[] { 1L, 0L }), 2);

        var description = Configurations.Describe(parameters);
        var decoded = model.Decode(model.Encode(batch).Mean, batch.Labels);

        Assert.Empty(Configurations.Check(parameters));
        Assert.Equal((encoder, decoder), (description.ParametersOf("encoder"), description.ParametersOf("decoder")));
        Assert.Equal(encoder + decoder, model.parameters().Sum(p => p.numel()));
        Assert.Equal(images.shape, decoded.shape);
        var onTheWay = description.Layers.Where(l => l.Name.StartsWith("decoder", StringComparison.Ordinal) && l.OutputShape.Length == 3);
        Assert.Equal(sides, onTheWay.Select(layer => layer.OutputShape[1]).Distinct());
    }

    [Theory]
    [InlineData("000-conv-vae-1", 248_733)]
    [InlineData("001-vae-64", 330_705)]
    [InlineData("002-cvae", 2_535_444)]
    [InlineData("002-beta-vae-burgess", 469_173)]
    [InlineData("004-conv-vae", 550_629)]
    public void The_sum_is_the_published_one(string name, long published)
    {
        Assert.Equal(published, Configurations.Describe(Systems[name].Parameters).Parameters);
    }

    [Theory]
    [InlineData(2, 3_922)]
    [InlineData(64, 101_200)]
    [InlineData(32, 50_992)]
    public void Dense_autoencoders_of_one_layer_have_the_published_sum(int latent, long published)
    {
        var parameters = Mnist.With(ModelParameters.Family, "ae").With(DenseNetwork.Hidden, []).With(ModelParameters.Latent, latent)
            .With(AutoencoderFamily.CodeActivation, "relu");

        Assert.Equal(published, Configurations.Describe(parameters).Parameters);
    }

    [Fact]
    public void The_deep_autoencoder_has_the_published_sum()
    {
        var parameters = Mnist.With(ModelParameters.Family, "ae").With(DenseNetwork.Hidden, [128, 64]).With(ModelParameters.Latent, 32);

        Assert.Equal(222_384, Configurations.Describe(parameters).Parameters);
    }
}
