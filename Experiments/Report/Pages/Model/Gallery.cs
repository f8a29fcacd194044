namespace Orchestrator.Report.Model;

/// <summary>Images of the models.</summary>
/// <param name="Models">One entry per configuration shown, in order of rank.</param>
/// <param name="Note">Which ones are shown and why not all.</param>
public sealed record Gallery(IReadOnlyList<ModelCard> Models, string Note);

/// <summary>The images of one configuration.</summary>
/// <param name="Id">The configuration's short id.</param>
/// <param name="Label">Its values in words.</param>
/// <param name="Detail">Rank, figure and seed.</param>
/// <param name="Command">What trains it again and compares it.</param>
/// <param name="Images">Its images.</param>
public sealed record ModelCard(string Id, string Label, string Detail, string Command, IReadOnlyList<ModelImage> Images);

/// <summary>One image, or why there is none.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Caption">One sentence.</param>
/// <param name="Source">A data URI, or null.</param>
/// <param name="Missing">Why there is no image, or null.</param>
public sealed record ModelImage(string Title, string Caption, string? Source, string? Missing);
