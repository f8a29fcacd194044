using System.Globalization;

namespace Orchestrator.Bench;

/// <summary>How much of a training is measured: so many steps, or for so long from a moment on that all processes share.</summary>
/// <param name="Steps">Steps; null where a time is given.</param>
/// <param name="Time">The time; null where steps are given.</param>
internal sealed record Length(int? Steps, TimeSpan? Time)
{
    /// <summary>Reads a number of steps, such as <c>400</c>, or of seconds, such as <c>15s</c>.</summary>
    public static Length Parse(string text) => text.EndsWith('s')
        ? new(null, TimeSpan.FromSeconds(double.Parse(text[..^1], CultureInfo.InvariantCulture)))
        : new(int.Parse(text, CultureInfo.InvariantCulture), null);

    /// <summary>Called after the warm-up. A measurement by time says <c>ready</c> and waits for a line: all begin together.</summary>
    public void Begin()
    {
        if (Time is null)
            return;
        Console.WriteLine("ready");
        Console.ReadLine();
    }

    /// <summary>Whether so many steps in so much time are enough.</summary>
    public bool IsOver(int steps, TimeSpan elapsed) => Time is { } time ? elapsed >= time : steps >= Steps;
}
