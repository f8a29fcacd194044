using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;

namespace Orchestrator.Core.Tests.Models;

/// <summary>Each impossible configuration is named once, with a value that works and is then accepted.</summary>
public sealed class ConvProblemsTests
{
    private static readonly ParameterSet Conv = ParameterSet.Empty.With(DatasetSelection.Dataset, "mnist").With(ModelParameters.Encoder, "conv");

    [Fact]
    public void Four_poolings_are_the_most_that_28_pixels_carry()
    {
        var pooled = Conv.With(ConvNetwork.Downsampling, "pool").With(ModelParameters.Width, 1);

        AssertNamed("depth", "from 1 to 4", pooled.With(ModelParameters.Depth, 5));
        Assert.Empty(Configurations.Check(pooled.With(ModelParameters.Depth, 4)));
    }

    [Fact]
    public void Widths_of_too_many_parameters_are_named_with_the_largest_that_works()
    {
        var dense = ParameterSet.Empty.With(DatasetSelection.Dataset, "mnist").With(DenseNetwork.Hidden, [65536, 65536]);

        AssertNamed("hidden", "for each", dense);
        AssertNamed("width", "at most", Conv.With(ModelParameters.Width, 16384).With(ModelParameters.Depth, 2));
        var most = int.Parse(Assert.Single(Configurations.Check(dense)).Remedy.Split(' ')[3], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Empty(Configurations.Check(dense.With(DenseNetwork.Hidden, [most, most])));
        Assert.NotEmpty(Configurations.Check(dense.With(DenseNetwork.Hidden, [most + 1, most + 1])));
    }

    [Fact]
    public void More_channels_than_halvings_fit_are_named_with_their_number()
    {
        AssertNamed("channels", "at most 5", Conv.With(ConvNetwork.Channels, [1, 1, 1, 1, 1, 1]));
        Assert.Empty(Configurations.Check(Conv.With(ConvNetwork.Channels, [1, 1, 1, 1, 1, 1]).With(ConvNetwork.Strides, [2, 2, 2, 2, 2, 1])));
    }

    [Fact]
    public void Strides_that_do_not_match_the_channels_are_named()
    {
        AssertNamed("strides", "exactly 2", Conv.With(ConvNetwork.Channels, [4, 8]).With(ConvNetwork.Strides, [2]));
    }

    [Fact]
    public void Channels_of_none_are_named()
    {
        AssertNamed("channels", "one or more", Conv.With(ConvNetwork.Channels, []));
    }

    [Fact]
    public void Decoder_channels_are_as_many_as_the_encoder_has_halvings()
    {
        var parameters = Conv.With(ConvNetwork.Channels, [4, 8, 8]).With(ConvNetwork.Strides, [1, 2, 2]);

        AssertNamed("decoder_channels", "exactly 2", parameters.With(ConvNetwork.DecoderChannels, [8, 8, 4]));
        Assert.Empty(Configurations.Check(parameters.With(ConvNetwork.DecoderChannels, [8, 4])));
    }

    [Fact]
    public void An_even_kernel_cannot_keep_a_side()
    {
        var parameters = Conv.With(ConvNetwork.Kernel, 4);

        AssertNamed("kernel", "odd kernel 3", parameters.With(ConvNetwork.Downsampling, "pool"));
        AssertNamed("kernel", "odd kernel 3", parameters.With(ConvNetwork.Channels, [4, 4]).With(ConvNetwork.Strides, [1, 2]));
        AssertNamed("kernel", "odd kernel 3", parameters.With(ConvNetwork.DecoderChannels, [4, 4]));
        Assert.Empty(Configurations.Check(parameters));
    }

    [Fact]
    public void Padding_to_less_than_the_image_is_named()
    {
        AssertNamed("pad_to", "at least 28", Conv.With(ConvNetwork.PadTo, 16));
    }

    [Fact]
    public void A_flow_needs_two_dimensions_to_couple()
    {
        AssertNamed("latent", "at least 2", Conv.With(ModelParameters.Family, "flow-vae").With(ModelParameters.Latent, 1));
    }

    [Fact]
    public void A_warm_up_longer_than_its_cycle_is_named()
    {
        var parameters = Conv.With(ObjectiveParameters.BetaCycle, 2.0);

        AssertNamed("beta_warmup", "at most 2", parameters.With(ObjectiveParameters.BetaWarmup, 3.0));
        Assert.Empty(Configurations.Check(parameters.With(ObjectiveParameters.BetaWarmup, 2.0)));
    }

    [Fact]
    public void A_discrepancy_of_negative_weight_is_named()
    {
        AssertNamed("info_lambda", "at least 1", Conv.With(ModelParameters.Family, "info-vae").With(InformationFamily.Lambda, 0.5));
    }

    [Fact]
    public void Uniform_noise_needs_an_interval()
    {
        AssertNamed("noise_high", "more than 1", Conv.With(ModelParameters.Family, "gan").With(AdversarialFamily.Prior, "uniform")
            .With(AdversarialFamily.Low, 1.0));
    }

    [Theory]
    [InlineData("cvae")]
    [InlineData("label-vae")]
    public void A_family_that_learns_from_labels_is_refused_on_data_without(string name)
    {
        var family = ModelCatalogue.Find(name)!;
        var parameters = Conv.With(ModelParameters.Family, name);

        var problem = Assert.Single(family.Check(parameters, new DataShape(new ImageShape(1, 28, 28), 0)));

        Assert.Equal("family", problem.Where);
        Assert.Contains("'vae'", problem.Remedy, StringComparison.Ordinal);
        Assert.Empty(family.Check(parameters, new DataShape(new ImageShape(1, 28, 28), 10)));
    }

    private static void AssertNamed(string where, string remedy, ParameterSet parameters)
    {
        var problem = Assert.Single(Configurations.Check(parameters));
        Assert.Equal(where, problem.Where);
        Assert.Contains(remedy, problem.Remedy, StringComparison.Ordinal);
    }
}
