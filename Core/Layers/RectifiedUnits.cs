using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>
/// ReLU that can be watched: between <see cref="Watch"/> and <see cref="CountDead"/> it keeps each unit's largest output,
/// so that a unit which is zero for every image shows. A unit is a value of a dense layer, or a channel.
/// </summary>
internal sealed class RectifiedUnits() : nn.Module<Tensor, Tensor>(nameof(RectifiedUnits))
{
    private bool _watched;
    private Tensor? _peaks;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        // In place: no layer that stands before a ReLU needs its own output for its gradient.
        var output = nn.functional.relu(input, inplace: true);
        if (_watched)
            Keep(output);
        return output;
    }

    /// <summary>Starts to keep peaks.</summary>
    public void Watch() => _watched = true;

    /// <summary>How many units there are and how many were never above zero; stops watching. Null where nothing passed.</summary>
    public (int Dead, int Units)? CountDead()
    {
        _watched = false;
        if (_peaks is not { } peaks)
            return null;
        _peaks = null;
        using (peaks)
        {
            var values = peaks.cpu().data<float>().ToArray();
            return (values.Count(peak => peak <= 0), values.Length);
        }
    }

    private void Keep(Tensor output)
    {
        using var scope = NewDisposeScope();
        var units = output.dim() > 2 ? output.flatten(2).transpose(1, 2).flatten(0, 1) : output;
        var peaks = units.detach().max(0L, false).values;
        var kept = _peaks is null ? peaks : maximum(_peaks, peaks);
        _peaks?.Dispose();
        _peaks = kept.DetachFromDisposeScope();
    }
}
