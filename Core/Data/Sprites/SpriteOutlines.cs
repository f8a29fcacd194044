namespace Orchestrator.Core.Data;

/// <summary>
/// The three outlines of dSprites (Matthey et al., 2017) as polygons around the origin, y downwards, in units of the
/// sprite's half side. Recovered from the published frames; the constants are nominal, not fitted.
/// </summary>
internal static class SpriteOutlines
{
    /// <summary>Names in the order of the factor <c>shape</c>.</summary>
    public static readonly string[] Names = ["square", "ellipse", "heart"];

    /// <summary>Vertices of each outline for sprites whose half side is <paramref name="unit"/> pixels.</summary>
    public static (double X, double Y)[][] Create(double unit) => [Square(unit), Ellipse(unit), Heart(unit)];

    private static (double X, double Y)[] Square(double unit) =>
        [(-unit, -unit), (unit, -unit), (unit, unit), (-unit, unit)];

    private static (double X, double Y)[] Ellipse(double unit) =>
        Trace(100, t => (unit * 1.33 * Math.Cos(t), unit / 1.33 * Math.Sin(t)));

    private static (double X, double Y)[] Heart(double unit) => Trace(150, t =>
    {
        var profile = 13 * Math.Cos(t) - 5 * Math.Cos(2 * t) - 2 * Math.Cos(3 * t) - Math.Cos(4 * t);
        return (unit * Math.Pow(Math.Sin(t), 3), -unit * (profile / 14.5 + 0.15));
    });

    private static (double X, double Y)[] Trace(int vertices, Func<double, (double X, double Y)> at) =>
        [.. Enumerable.Range(0, vertices).Select(i => at(2 * Math.PI * i / vertices))];
}
