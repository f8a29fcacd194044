namespace Orchestrator.Report.Model;

/// <summary>Latent spaces to look at and to decode.</summary>
/// <param name="Choices">The configurations that have one, in order of rank.</param>
/// <param name="HasPoints">Whether any has encoded images.</param>
/// <param name="HasDecoder">Whether any has a decoder.</param>
/// <param name="Note">What is left out and why, or empty.</param>
/// <param name="Data">Points and decoders, as JSON in which no character can end a script element.</param>
public sealed record Latents(IReadOnlyList<LatentChoice> Choices, bool HasPoints, bool HasDecoder, string Note, string Data);

/// <summary>A configuration with a latent space.</summary>
public sealed record LatentChoice(string Id, string Label);
