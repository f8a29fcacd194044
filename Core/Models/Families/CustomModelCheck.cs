using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Extensions;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Families;

/// <summary>Tries a custom model before anything is trained: it is built, and images of zeros go through it.</summary>
internal static class CustomModelCheck
{
    /// <summary>Images that it is tried with.</summary>
    private const int Tried = 2;

    /// <summary>What is wrong with the model of a configuration, put down to the parameter <c>family</c>.</summary>
    public static Problem[] Problems(CustomModel model, string origin, ParameterSet parameters, ImageShape image)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        CustomModules? modules = null;
        try
        {
            modules = model.Build(parameters, image);
            return [.. Shapes(model, origin, modules, parameters, image)];
        }
        // The script's own code: whatever it throws is the script's matter, and said before training.
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return [Problem(model, origin, $"cannot be built and tried: {fault.Message.Trim()}", "Correct the script.")];
        }
        finally
        {
            modules?.Encoder.Dispose();
            modules?.Decoder.Dispose();
        }
    }

    private static IEnumerable<Problem> Shapes(
        CustomModel model, string origin, CustomModules modules, ParameterSet parameters, ImageShape image)
    {
        modules.Encoder.eval();
        modules.Decoder.eval();
        var latent = parameters.Get(ModelParameters.Latent);
        var images = zeros([Tried, image.Channels, image.Height, image.Width]);
        var given = modules.Encoder.call(images);
        long[] code = [Tried, model.IsDeterministic ? latent : 2 * latent];
        if (!given.shape.SequenceEqual(code))
        {
            var meaning = model.IsDeterministic
                ? $"the code of {latent} dimensions"
                : $"mean and log variance of {latent} latent dimensions side by side";
            yield return Mismatch(model, origin, "encoder", given, images, code, meaning);
            yield break;
        }
        var codes = given.narrow(1, 0, latent);
        var pixels = modules.Decoder.call(codes);
        if (!pixels.shape.SequenceEqual(images.shape))
        {
            yield return Mismatch(model, origin, "decoder", pixels, codes, images.shape, "one number for each pixel");
            yield break;
        }
        if (model.Regulariser is { } regulariser)
        {
            var logVariance = model.IsDeterministic ? null : given.narrow(1, latent, latent);
            var term = regulariser(parameters, new LossInput(
                images, null, codes, logVariance, codes, model.IsDeterministic ? null : zeros([Tried]), 0));
            if (term.dim() > 1 || (term.dim() == 1 && term.shape[0] != Tried))
                yield return Mismatch(model, origin, "regulariser", term, images, [Tried], "one number for each image, or a scalar");
        }
    }

    private static Problem Mismatch(
        CustomModel model, string origin, string part, Tensor given, Tensor input, long[] needed, string meaning) => Problem(
            model, origin,
            $"its {part} gives {Show(given.shape)} for an input {Show(input.shape)}, and {Show(needed)} is needed: {meaning}",
            $"Correct the {part} in the script.");

    private static Problem Problem(CustomModel model, string origin, string cause, string remedy) =>
        new(ModelParameters.Family.Name, $"The model '{model.Name}' of {origin}: {cause}", remedy);

    private static string Show(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
