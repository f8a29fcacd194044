using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;

namespace Orchestrator.Core.Models.Networks;

/// <summary>What makes convolutions impossible for images of a shape, with the largest value that works.</summary>
internal static class ConvProblems
{
    /// <summary>Problems of the stages, which encoder and decoder share.</summary>
    public static IEnumerable<Problem> Of(ParameterSet parameters, ImageShape image)
    {
        if (image.Height != image.Width)
        {
            yield return new Problem(
                ModelParameters.Encoder.Name,
                $"The convolutional network takes square images; these are {image}.",
                "Choose the encoder 'dense'.");
            yield break;
        }
        if (parameters.Get(ConvNetwork.PadTo) is var side and > 0 && side < image.Height)
        {
            yield return new Problem(
                ConvNetwork.PadTo.Name,
                FormattableString.Invariant($"Images of {image} are padded to {side}, which is less than they have."),
                FormattableString.Invariant($"Choose at least {image.Height}, or 0 for no padding."));
        }
        foreach (var problem in OfStrides(parameters))
            yield return problem;
        foreach (var problem in OfDepth(parameters, image))
            yield return problem;
    }

    /// <summary>Problems of the decoder's own channels, once the stages are known to be possible.</summary>
    public static IEnumerable<Problem> OfDecoder(ParameterSet parameters, ImageShape image)
    {
        if (!parameters.Contains(ConvNetwork.DecoderChannels.Name))
            yield break;
        var stages = ConvStages.Of(parameters, image);
        if (parameters.Get(ConvNetwork.DecoderChannels).Length is var given && given != stages.Restored.Count)
        {
            yield return new Problem(
                ConvNetwork.DecoderChannels.Name,
                FormattableString.Invariant($"{given} numbers are given, but the encoder halves the image {stages.Restored.Count} times."),
                FormattableString.Invariant($"Give exactly {stages.Restored.Count}."));
        }
        if (stages.Kernel % 2 == 0)
            yield return EvenKernel(stages.Kernel, "the decoder's last convolution keeps the side of the image");
    }

    private static IEnumerable<Problem> OfStrides(ParameterSet parameters)
    {
        var kernel = parameters.Get(ConvNetwork.Kernel);
        var (channels, strided) = (ConvStages.ChannelsOf(parameters), ConvStages.Strided(parameters));
        if (channels.Count == 0)
            yield return new Problem(ConvNetwork.Channels.Name, "No convolution is named.", "Give the channels of one or more.");
        if (strided.Count != channels.Count)
        {
            yield return new Problem(
                ConvNetwork.Strides.Name,
                FormattableString.Invariant($"{strided.Count} strides are given for {channels.Count} convolutions."),
                FormattableString.Invariant($"Give exactly {channels.Count}."));
        }
        if (kernel % 2 == 0 && (strided.Contains(false) || parameters.Get(ConvNetwork.Downsampling) == "pool"))
            yield return EvenKernel(kernel, "some convolutions keep the side of the image");
    }

    private static IEnumerable<Problem> OfDepth(ParameterSet parameters, ImageShape image)
    {
        var sides = ConvStages.SidesOf(parameters, image);
        var halvings = ConvStages.Strided(parameters).Count(halves => halves);
        if (halvings <= sides.Deepest)
            yield break;
        var listed = parameters.Contains(ConvNetwork.Channels.Name);
        yield return new Problem(
            listed ? ConvNetwork.Channels.Name : ModelParameters.Depth.Name,
            FormattableString.Invariant($"{halvings} halvings are asked for, but images of {image} are one pixel wide after {sides.Deepest}."),
            listed
                ? FormattableString.Invariant($"Name at most {sides.Deepest} convolutions that halve the image.")
                : FormattableString.Invariant($"Choose a depth from 1 to {sides.Deepest}."));
    }

    private static Problem EvenKernel(long kernel, string why) => new(
        ConvNetwork.Kernel.Name,
        FormattableString.Invariant($"A kernel of {kernel} cannot keep a side, but {why}."),
        FormattableString.Invariant($"Choose the odd kernel {kernel - 1}, or let every convolution halve the image by its stride."));
}
