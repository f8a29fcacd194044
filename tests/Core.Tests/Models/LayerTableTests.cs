using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Models.Networks;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Models;

[Collection("torch")]
public sealed class LayerTableTests
{
    private static readonly ParameterSet Dense = ParameterSet.Empty.With(DatasetSelection.Dataset, "mnist").With(ModelParameters.Family, "ae");

    [Theory]
    [InlineData(new int[0], 32, 25_120, 25_872)]
    [InlineData(new[] { 128, 64 }, 32, 110_816, 111_568)]
    [InlineData(new int[0], 2, 1_570, 2_352)]
    [InlineData(new int[0], 64, 50_240, 50_960)]
    public void Parameter_counts_of_the_dense_autoencoders_are_the_published_ones(int[] hidden, int latent, long encoder, long decoder)
    {
        var parameters = Dense.With(DenseNetwork.Hidden, [.. hidden]).With(ModelParameters.Latent, latent).With(AutoencoderFamily.CodeActivation, "relu");

        var description = Configurations.Describe(parameters);

        Assert.Equal((encoder, decoder), (description.ParametersOf("encoder"), description.ParametersOf("decoder")));
        Assert.Equal(encoder + decoder, description.Parameters);
    }

    public static TheoryData<string, string, int, string> Configured =>
    [
        ("ae", "dense", 1, "mnist"), ("dae", "dense", 3, "shapes"), ("vae", "dense", 2, "dsprites"),
        ("ae", "conv", 1, "mnist"), ("vae", "conv", 2, "shapes"), ("vae", "conv", 3, "mnist"), ("vae", "conv", 4, "mnist"),
        ("vae", "conv", 5, "mnist"), ("dae", "conv", 6, "dsprites"), ("ae", "resnet", 3, "mnist"), ("vae", "resnet", 5, "shapes"),
        ("cvae", "dense", 1, "mnist"), ("cvae", "conv", 2, "shapes"), ("capacity-vae", "dense", 1, "mnist"),
        ("info-vae", "conv", 1, "shapes"), ("vamp-vae", "dense", 1, "mnist"), ("flow-vae", "dense", 1, "mnist"), ("label-vae", "dense", 1, "mnist"),
    ];

    [Theory]
    [MemberData(nameof(Configured))]
    public void The_table_says_what_the_built_model_is(string family, string encoder, int depth, string dataset)
    {
        var parameters = ParameterSet.Empty.With(DatasetSelection.Dataset, dataset).With(ModelParameters.Family, family)
            .With(ModelParameters.Encoder, encoder).With(ModelParameters.Depth, depth).With(ModelParameters.Width, 3).With(ModelParameters.Latent, 2);
        var shape = DatasetFacts.Of(parameters).Shape;
        using var scope = NewDisposeScope();
        using var model = (Autoencoder)Initialisation.Build(ModelCatalogue.Of(parameters), parameters, shape, 1);

        var description = Configurations.Describe(parameters);
        var image = shape.Image;
        var images = rand([3, image.Channels, image.Height, image.Width]);
        var labels = tensor(new[] { 0L, 2L, 1L });
        var decoded = model.Decode(model.Encode(new Batch(images, labels, 3)).Sample(), labels);

        Assert.Equal(description.Parameters, model.parameters().Sum(p => p.numel()));
        Assert.Equal(images.shape, decoded.shape);
        Assert.Equal([image.Channels, image.Height, image.Width], description.Layers[^1].OutputShape);
        var trained = description.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Name);
        Assert.Equal(trained, model.named_parameters().Select(p => LayerOf(p.name)).Distinct());
    }

    [Fact]
    public void Names_of_the_weights_are_those_of_a_pytorch_module()
    {
        using var model = Initialisation.Build(
            ModelCatalogue.Of(Some.Configuration), Some.Configuration, DatasetFacts.Of(Some.Configuration).Shape, 1);

        Assert.Equal(
            ["encoder.1.weight", "encoder.1.bias", "mean.weight", "mean.bias", "log_variance.weight", "log_variance.bias",
             "decoder.0.weight", "decoder.0.bias", "decoder.2.weight", "decoder.2.bias"],
            model.state_dict().Keys);
    }

    /// <summary>The layer of a weight: <c>encoder.1</c> of <c>encoder.1.weight</c>, also where the layer has a path of its own.</summary>
    private static string LayerOf(string weight) =>
        (weight.IndexOf(".path.", StringComparison.Ordinal) is var path and >= 0 ? weight[..path] : weight[..weight.LastIndexOf('.')]);
}
