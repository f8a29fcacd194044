using System;
using System.Collections.Generic;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp.Modules;

/// <summary>Lowers the rate when a metric has stopped improving.</summary>
internal sealed class ReduceLROnPlateau : LRScheduler
{
    private readonly bool minimize;
    private readonly bool relative;
    private readonly double factor;
    private readonly int patience;
    private readonly double threshold;
    private readonly int cooldown;
    private readonly IList<double>? lowest;
    private readonly double eps;
    private double best;
    private int bad;
    private int cooling;

    internal ReduceLROnPlateau(Optimizer optimizer, string mode, double factor, int patience, double threshold, string threshold_mode, int cooldown, IList<double>? min_lr, double eps, bool verbose)
        : base(optimizer, -1, verbose)
    {
        if (factor >= 1.0 || mode is not ("min" or "max") || threshold_mode is not ("rel" or "abs"))
        {
            throw new ArgumentException("factor must be below 1, mode \"min\" or \"max\", threshold_mode \"rel\" or \"abs\".");
        }

        (minimize, relative) = (mode == "min", threshold_mode == "rel");
        (this.factor, this.patience, this.threshold, this.cooldown) = (factor, patience, threshold, cooldown);
        (lowest, this.eps) = (min_lr, eps);
        best = minimize ? double.PositiveInfinity : double.NegativeInfinity;
        LastEpoch = 0;
    }

    public override void step() => throw new NotSupportedException("ReduceLROnPlateau needs the metric: step(double).");

    public override void step(double current, int? epoch = null)
    {
        LastEpoch = epoch ?? LastEpoch + 1;
        if (IsBetter(current))
        {
            best = current;
            bad = 0;
        }
        else
        {
            bad++;
        }

        if (cooling > 0)
        {
            cooling--;
            bad = 0;
        }

        if (bad > patience)
        {
            Reduce();
            cooling = cooldown;
            bad = 0;
        }
    }

    private protected override double Next(double rate, double baseRate) => rate;

    private bool IsBetter(double value) => (minimize, relative) switch
    {
        (true, true) => value < best * (1.0 - threshold),
        (true, false) => value < best - threshold,
        (false, true) => value > best * (threshold + 1.0),
        (false, false) => value > best + threshold,
    };

    private void Reduce() => Apply(i =>
    {
        var old = Groups[i].LearningRate;
        var floor = lowest is null ? 0 : lowest[lowest.Count == 1 ? 0 : i];
        var next = Math.Max(old * factor, floor);
        return old - next > eps ? next : old;
    });
}
