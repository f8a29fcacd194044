using System.Globalization;
using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Artifacts.Plots;

/// <summary>Points of a plane coloured by label, with ticks on both axes and a legend of the labels.</summary>
internal sealed class ScatterPlot
{
    private const int Side = 560;
    private const int Margin = 44;
    private const int Legend = 40;
    private const int Cell = 2;
    private static readonly int[] Factors = [1, 2, 5];

    private readonly Canvas _canvas = new(Margin + Side + Legend, Side + Margin);
    private readonly LatentCodes _points;
    private readonly double _left;
    private readonly double _bottom;
    private readonly double _scale;

    /// <summary>A frame around points <c>[count, 2]</c>, with one scale for both axes.</summary>
    public ScatterPlot(LatentCodes points, bool ticks)
    {
        _points = points;
        var (left, right) = Extent(0);
        var (bottom, top) = Extent(1);
        var width = Math.Max(Math.Max(right - left, top - bottom), 1e-9) * 1.08;
        (_left, _bottom, _scale) = ((left + right - width) / 2, (bottom + top - width) / 2, Side / width);
        if (ticks)
            Ticks(width);
        _canvas.Fill(Margin, 0, 1, Side, Colour.Ink);
        _canvas.Fill(Margin, Side, Side, 1, Colour.Ink);
    }

    /// <summary>The plot.</summary>
    public Picture Picture => _canvas.Picture;

    /// <summary>Draws every point in the colour of its label; in one colour where there are none.</summary>
    public void Dots(byte[]? labels)
    {
        for (var i = 0; i < _points.Count; i++)
        {
            var (x, y) = Place(i);
            _canvas.Dot(x, y, 2, Colour.OfLabel(labels?[i] ?? 0));
        }
        if (labels is not null)
            Key(labels.Max() + 1);
    }

    /// <summary>Draws the images of points, in order, wherever none was drawn yet.</summary>
    public void Thumbnails(ImageShape shape, byte[] images, byte[]? labels)
    {
        var taken = new List<(int X, int Y)>();
        for (var i = 0; i < _points.Count; i++)
        {
            var (x, y) = Place(i);
            (x, y) = (x - shape.Width / 2, y - shape.Height / 2);
            if (x <= Margin || y < 1 || x + shape.Width >= Margin + Side || y + shape.Height >= Side
                || taken.Any(other => Math.Abs(other.X - x) < shape.Width + 2 && Math.Abs(other.Y - y) < shape.Height + 2))
                continue;
            taken.Add((x, y));
            _canvas.Image(x, y, shape, images.AsSpan(i * shape.Pixels, shape.Pixels), Colour.OfLabel(labels?[i] ?? 0));
        }
    }

    private (int X, int Y) Place(int index) => (
        Margin + (int)((_points[index][0] - _left) * _scale),
        Side - 1 - (int)((_points[index][1] - _bottom) * _scale));

    private (double Low, double High) Extent(int axis)
    {
        var values = Enumerable.Range(0, _points.Count).Select(i => (double)_points[i][axis]).ToArray();
        return (values.Min(), values.Max());
    }

    private void Ticks(double width)
    {
        // 1, 2 or 5 times a power of ten, five to twelve of them.
        var power = Math.Pow(10, Math.Floor(Math.Log10(width / 5)));
        var step = Factors.Select(factor => factor * power).Last(size => width / size >= 5);
        for (var k = (long)Math.Ceiling(Math.Max(_left, _bottom) / step - width / step); k * step < Math.Max(_left, _bottom) + width; k++)
        {
            var text = (k * step).ToString("0.####", CultureInfo.InvariantCulture);
            var wide = Canvas.WidthOf(text, Cell);
            var (across, up) = ((int)((k * step - _left) * _scale), (int)((k * step - _bottom) * _scale));
            if (across is >= 0 and < Side)
            {
                _canvas.Fill(Margin + across, 0, 1, Side, Colour.Faint);
                _canvas.Number(Margin + across - wide / 2, Side + 8, text, Cell, Colour.Ink);
            }
            if (up is >= 0 and < Side)
            {
                _canvas.Fill(Margin, Side - 1 - up, Side, 1, Colour.Faint);
                _canvas.Number(Margin - 6 - wide, Side - 6 - up, text, Cell, Colour.Ink);
            }
        }
    }

    private void Key(int labels)
    {
        for (var label = 0; label < Math.Min(labels, Colour.Count); label++)
        {
            var y = 12 + label * 20;
            _canvas.Dot(Margin + Side + 12, y + 4, 4, Colour.OfLabel(label));
            _canvas.Number(Margin + Side + 22, y, label.ToString(CultureInfo.InvariantCulture), Cell, Colour.Ink);
        }
    }
}
