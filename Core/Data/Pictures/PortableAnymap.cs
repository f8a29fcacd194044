using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Reads binary PGM (P5, grey) and PPM (P6, RGB) pictures with at most 255 levels (netpbm formats).</summary>
public static class PortableAnymap
{
    /// <summary>Whether bytes start as such a file does.</summary>
    public static bool IsAnymap(ReadOnlySpan<byte> file) => file.StartsWith("P5"u8) || file.StartsWith("P6"u8);

    /// <summary>Decodes a PGM or PPM file; fewer than 255 levels are stretched to 255.</summary>
    /// <exception cref="ProblemException">The file is damaged or has more than 255 levels.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, string where)
    {
        if (!IsAnymap(file))
            throw Damaged(where, "it starts with neither P5 nor P6");
        var channels = file[1] == '5' ? 1 : 3;
        var at = 2;
        var width = Number(file, ref at, where);
        var height = Number(file, ref at, where);
        var levels = Number(file, ref at, where);
        if (width is 0 or > 65_535 || height is 0 or > 65_535 || levels == 0)
            throw Damaged(where, $"its header declares {width} x {height} pixels and {levels} levels");
        if (levels > 255)
            throw new ProblemException(where, $"The picture has {levels} levels; at most 255 are read.", "Convert it to 8 bits.");
        var samples = file[Math.Min(at + 1, file.Length)..];
        if (samples.Length != (long)width * height * channels)
            throw Damaged(
                where,
                FormattableString.Invariant($"{(long)width * height * channels} bytes of pixels expected, {samples.Length} found"));
        var stretched = samples.ToArray();
        for (var i = 0; i < stretched.Length; i++)
            stretched[i] = (byte)((Math.Min(samples[i], levels) * 255 + levels / 2) / levels);
        return Picture.FromInterleaved(new ImageShape(channels, height, width), stretched);
    }

    private static int Number(ReadOnlySpan<byte> file, ref int at, string where)
    {
        while (at < file.Length && (char.IsWhiteSpace((char)file[at]) || file[at] == '#'))
        {
            if (file[at] == '#')
                while (at < file.Length && file[at] != '\n')
                    at++;
            else
                at++;
        }
        var start = at;
        var number = 0;
        for (; at < file.Length && char.IsAsciiDigit((char)file[at]) && number < 1_000_000; at++)
            number = number * 10 + (file[at] - '0');
        if (at == start)
            throw Damaged(where, "its header is incomplete");
        return number;
    }

    private static ProblemException Damaged(string where, string what) =>
        new(where, $"The PGM or PPM picture is damaged: {what}.", "Save or fetch the picture again.");
}
