using Orchestrator.Core.Batches;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Tests.Evaluation;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Models;

[Collection("torch")]
public sealed class HiddenUnitsTests
{
    [Fact]
    public void Activation_and_dropout_stand_behind_every_hidden_layer_of_encoder_and_decoder()
    {
        var parameters = Some.Configuration.With(DenseNetwork.Hidden, [8, 6]).With(ModelParameters.Activation, "leaky-relu").With(ModelParameters.Dropout, 0.25);

        string[] types = [.. Configurations.Describe(parameters).Layers.Select(layer => layer.Type)];

        Assert.Equal(4, types.Count(type => type == "LeakyReLU 0.2"));
        Assert.Equal(4, types.Count(type => type == "Dropout 0.25"));
        Assert.DoesNotContain("ReLU", types);
    }

    [Fact]
    public void Convolutions_drop_too()
    {
        var types = Configurations.Describe(Some.Convolutional.With(ModelParameters.Dropout, 0.5)).Layers.Select(layer => layer.Type).ToArray();

        // Two stages there, the dense layer and one stage back; the last convolution gives the image.
        Assert.Equal(4, types.Count(type => type == "Dropout 0.5"));
    }

    [Fact]
    public void A_gan_drops_units_of_its_discriminator_only()
    {
        var layers = Configurations.Describe(Some.Configuration.With(ModelParameters.Family, "gan").With(ModelParameters.Dropout, 0.3)).Layers;

        Assert.All(layers.Where(layer => layer.Type.StartsWith("Dropout", StringComparison.Ordinal)), layer => Assert.Equal("discriminator", layer.Part));
        Assert.Contains(layers, layer => layer.Type == "Dropout 0.3");
    }

    [Fact]
    public void Dropout_acts_in_training_and_not_in_evaluation()
    {
        using var scope = NewDisposeScope();
        using var model = SomeModel.Build(Some.Configuration.With(ModelParameters.Dropout, 0.5), 1);
        var batch = new Batch(rand([4, 1, 28, 28]), null, 4);

        Assert.NotEqual(Codes(model, batch), Codes(model, batch));
        model.eval();
        Assert.Equal(Codes(model, batch), Codes(model, batch));
    }

    private static float[] Codes(Autoencoder model, Batch batch) => model.Encode(batch).Mean.data<float>().ToArray();
}
