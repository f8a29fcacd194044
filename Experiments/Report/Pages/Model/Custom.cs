namespace Orchestrator.Report.Model;

/// <summary>A section that a script adds.</summary>
/// <param name="Id">Its place in the page.</param>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What it holds, in order.</param>
public sealed record CustomSection(string Id, string Title, IReadOnlyList<CustomBlock> Blocks);

/// <summary>A part of a section that a script adds.</summary>
public abstract record CustomBlock
{
    private CustomBlock()
    {
    }

    /// <summary>A paragraph.</summary>
    public sealed record Paragraph(string Text) : CustomBlock;

    /// <summary>A table; cells that hold a number stand to the right.</summary>
    public sealed record Table(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<Cell>> Rows) : CustomBlock;

    /// <summary>A PNG picture with what it shows.</summary>
    public sealed record Picture(string Caption, string Base64) : CustomBlock;
}
