namespace Orchestrator.Report.Model;

/// <summary>The models layer by layer.</summary>
/// <param name="Models">Each different one once, in order of rank.</param>
/// <param name="Note">What is left out and why, or empty.</param>
public sealed record Architectures(IReadOnlyList<Architecture> Models, string Note);

/// <summary>One model.</summary>
/// <param name="Of">The places of its configurations among the chart data's.</param>
/// <param name="Label">What its configurations share.</param>
/// <param name="Parameters">Trainable parameters in all.</param>
/// <param name="Configurations">How many configurations train it.</param>
/// <param name="Summary">One sentence: what it is.</param>
/// <param name="Parts">Its parts in the order of evaluation.</param>
public sealed record Architecture(
    IReadOnlyList<int> Of, string Label, string Parameters, string Configurations, string Summary, IReadOnlyList<ArchitecturePart> Parts);

/// <summary>A part of a model, such as its encoder.</summary>
public sealed record ArchitecturePart(string Name, string Parameters, IReadOnlyList<ArchitectureLayer> Layers);

/// <summary>A layer; its count of parameters is empty where it has none.</summary>
/// <param name="Name">Its name in the state dictionary.</param>
/// <param name="Type">Its type with its settings.</param>
/// <param name="Shape">The shape that it gives.</param>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="Beside">True where it reads what the layer before it reads, not what that one gives.</param>
public sealed record ArchitectureLayer(string Name, string Type, string Shape, string Parameters, bool Beside);
