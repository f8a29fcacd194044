namespace Orchestrator.Core.Evaluation.Artifacts.Plots;

/// <summary>A colour of a plot.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static Colour White { get; } = new(255, 255, 255);

    public static Colour Ink { get; } = new(60, 60, 60);

    public static Colour Faint { get; } = new(225, 225, 225);

    /// <summary>Okabe and Ito's colours, which stay apart under every kind of colour blindness, and two more of other brightness.</summary>
    private static readonly Colour[] Labels =
    [
        new(0, 114, 178), new(230, 159, 0), new(0, 158, 115), new(204, 121, 167), new(86, 180, 233),
        new(213, 94, 0), new(240, 228, 66), new(0, 0, 0), new(153, 153, 153), new(136, 34, 85),
    ];

    /// <summary>How many labels have a colour of their own.</summary>
    public static int Count => Labels.Length;

    /// <summary>The colour of a label; they repeat after the tenth.</summary>
    public static Colour OfLabel(int label) => Labels[label % Labels.Length];
}
