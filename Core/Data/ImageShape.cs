namespace Orchestrator.Core.Data;

/// <summary>The shape of one image, channels first.</summary>
public sealed record ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Values per image: channels x height x width.</summary>
    public int Pixels => checked(Channels * Height * Width);

    /// <summary>For example <c>1x28x28</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Channels}x{Height}x{Width}");
}
