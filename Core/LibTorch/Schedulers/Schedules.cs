using System;
using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp.Modules;

/// <summary>Multiplies by gamma every <c>step_size</c> epochs.</summary>
internal sealed class StepLR : LRScheduler
{
    private readonly int size;
    private readonly double gamma;

    internal StepLR(Optimizer optimizer, int step_size, double gamma, int last_epoch, bool verbose)
        : base(optimizer, last_epoch, verbose)
    {
        (size, this.gamma) = (step_size, gamma);
        step();
    }

    private protected override double Next(double rate, double baseRate) =>
        LastEpoch == 0 || LastEpoch % size != 0 ? rate : rate * gamma;

    private protected override double At(int epoch, double rate, double baseRate) => baseRate * Math.Pow(gamma, epoch / size);
}

/// <summary>Multiplies by gamma at each milestone.</summary>
internal sealed class MultiStepLR : LRScheduler
{
    private readonly int[] milestones;
    private readonly double gamma;

    internal MultiStepLR(Optimizer optimizer, IEnumerable<int> milestones, double gamma, int last_epoch, bool verbose)
        : base(optimizer, last_epoch, verbose)
    {
        (this.milestones, this.gamma) = ([.. milestones.Order()], gamma);
        step();
    }

    private protected override double Next(double rate, double baseRate)
    {
        var passed = milestones.Count(milestone => milestone == LastEpoch);
        return passed == 0 ? rate : rate * Math.Pow(gamma, passed);
    }

    private protected override double At(int epoch, double rate, double baseRate) =>
        baseRate * Math.Pow(gamma, milestones.Count(milestone => milestone <= epoch));
}

/// <summary>Multiplies by gamma every epoch.</summary>
internal sealed class ExponentialLR : LRScheduler
{
    private readonly double gamma;

    internal ExponentialLR(Optimizer optimizer, double gamma, int last_epoch, bool verbose)
        : base(optimizer, last_epoch, verbose)
    {
        this.gamma = gamma;
        step();
    }

    private protected override double Next(double rate, double baseRate) => LastEpoch == 0 ? rate : rate * gamma;

    private protected override double At(int epoch, double rate, double baseRate) => baseRate * Math.Pow(gamma, epoch);
}

/// <summary>Half a cosine from the initial rate down to <c>eta_min</c> over <c>T_max</c> epochs (Loshchilov and Hutter 2017).</summary>
internal sealed class CosineAnnealingLR : LRScheduler
{
    private readonly double period;
    private readonly double floor;
    private bool stepped;

    internal CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min, int last_epoch, bool verbose)
        : base(optimizer, last_epoch, verbose)
    {
        (period, floor) = (T_max, eta_min);
        step();
        stepped = true;
    }

    private protected override double Next(double rate, double baseRate)
    {
        if (LastEpoch == 0)
        {
            return rate;
        }

        if (!stepped)
        {
            return At(LastEpoch, rate, baseRate);
        }

        if ((LastEpoch - 1 - period) % (2 * period) == 0)
        {
            return rate + ((baseRate - floor) * (1 - Math.Cos(Math.PI / period)) / 2);
        }

        var now = 1 + Math.Cos(Math.PI * LastEpoch / period);
        var before = 1 + Math.Cos(Math.PI * (LastEpoch - 1) / period);
        return (now / before * (rate - floor)) + floor;
    }

    private protected override double At(int epoch, double rate, double baseRate) =>
        floor + ((baseRate - floor) * (1 + Math.Cos(Math.PI * epoch / period)) / 2);
}

/// <summary>A straight line between two multiples of the initial rate.</summary>
internal sealed class LinearLR : LRScheduler
{
    private readonly double start;
    private readonly double end;
    private readonly int total;

    internal LinearLR(Optimizer optimizer, double start_factor, double end_factor, int total_iters, int last_epoch, bool verbose)
        : base(optimizer, last_epoch, verbose)
    {
        if (start_factor is <= 0 or > 1 || end_factor is < 0 or > 1)
        {
            throw new ArgumentException("start_factor must lie in (0, 1], end_factor in [0, 1].");
        }

        (start, end, total) = (start_factor, end_factor, total_iters);
        step();
    }

    private protected override double Next(double rate, double baseRate)
    {
        if (LastEpoch == 0)
        {
            return rate * start;
        }

        return LastEpoch > total
            ? rate
            : rate * (1.0 + ((end - start) / ((total * start) + ((LastEpoch - 1) * (end - start)))));
    }

    private protected override double At(int epoch, double rate, double baseRate) =>
        baseRate * (start + ((end - start) * Math.Min(total, epoch) / total));
}

/// <summary>The initial rate times a function of the epoch.</summary>
internal sealed class LambdaLR : LRScheduler
{
    private readonly Func<int, double> factor;

    internal LambdaLR(Optimizer optimizer, Func<int, double> factor, int last_epoch, bool verbose)
        : base(optimizer, last_epoch, verbose)
    {
        this.factor = factor;
        step();
    }

    private protected override double Next(double rate, double baseRate) => baseRate * factor(LastEpoch);
}

/// <summary>One scheduler after another, changing over at the milestones.</summary>
internal sealed class SequentialLR : LRScheduler
{
    private readonly LRScheduler[] schedulers;
    private readonly int[] milestones;

    internal SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch)
        : base(optimizer, last_epoch, verbose: false)
    {
        this.schedulers = [.. schedulers];
        this.milestones = [.. milestones];
        if (this.schedulers.Length != this.milestones.Length + 1)
        {
            throw new ArgumentException($"{this.schedulers.Length} schedulers need {this.schedulers.Length - 1} milestones, not {this.milestones.Length}.");
        }

        LastEpoch = last_epoch + 1;
        Apply(i => BaseRates[i]);
        foreach (var scheduler in this.schedulers)
        {
            scheduler.LastEpoch--;
        }

        this.schedulers[0].step();
    }

    public override void step()
    {
        LastEpoch++;
        var at = milestones.Count(milestone => milestone <= LastEpoch);
        if (at > 0 && milestones[at - 1] == LastEpoch)
        {
            schedulers[at].step(0);
        }
        else
        {
            schedulers[at].step();
        }
    }

    private protected override double Next(double rate, double baseRate) => rate;
}
