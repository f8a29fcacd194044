namespace Orchestrator.Core.Models.Networks;

/// <summary>
/// The sides of a square image on its way through convolutions. Padding keeps the side under an odd kernel of stride 1;
/// under stride 2 an odd kernel halves it rounding up, an even kernel and pooling halve it rounding down.
/// </summary>
/// <param name="Side">The side that the first convolution sees.</param>
/// <param name="RoundsDown">How an odd side is halved.</param>
internal readonly record struct ConvSides(long Side, bool RoundsDown)
{
    /// <summary>The side after one more halving.</summary>
    public long Half(long side) => RoundsDown ? side / 2 : (side + 1) / 2;

    /// <summary>Halvings until the image is one pixel.</summary>
    public int Deepest
    {
        get
        {
            var count = 0;
            for (var side = Side; side > 1; side = Half(side))
                count++;
            return count;
        }
    }

    /// <summary>The sides before and after each stage, one more than there are stages.</summary>
    /// <param name="halves">Which stages halve the image.</param>
    public IReadOnlyList<long> After(IEnumerable<bool> halves)
    {
        List<long> sides = [Side];
        foreach (var half in halves)
            sides.Add(half ? Half(sides[^1]) : sides[^1]);
        return sides;
    }
}
