namespace Orchestrator.Core.Evaluation.Artifacts.Plots;

/// <summary>Digits, sign and point in cells of 3 by 5: what a plot's ticks and legend need.</summary>
internal static class NumberFont
{
    public const int Width = 3;
    public const int Height = 5;

    // Rows from the top, three bits each.
    private static readonly Dictionary<char, int[]> Glyphs = new()
    {
        ['0'] = [7, 5, 5, 5, 7],
        ['1'] = [2, 6, 2, 2, 7],
        ['2'] = [7, 1, 7, 4, 7],
        ['3'] = [7, 1, 3, 1, 7],
        ['4'] = [5, 5, 7, 1, 1],
        ['5'] = [7, 4, 7, 1, 7],
        ['6'] = [7, 4, 7, 5, 7],
        ['7'] = [7, 1, 2, 2, 2],
        ['8'] = [7, 5, 7, 5, 7],
        ['9'] = [7, 5, 7, 1, 7],
        ['-'] = [0, 0, 7, 0, 0],
        ['.'] = [0, 0, 0, 0, 2],
    };

    /// <summary>Whether a cell of a character is inked.</summary>
    public static bool IsInked(char character, int row, int column) =>
        (Glyphs[character][row] >> (Width - 1 - column) & 1) == 1;
}
