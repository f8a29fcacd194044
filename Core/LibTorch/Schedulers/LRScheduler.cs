using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Changes the learning rates of an optimizer's groups, once per call of <see cref="step()"/>. Each formula
            /// is torch.optim's, so that rates are equal to PyTorch's in every bit.
            /// </summary>
            public abstract class LRScheduler
            {
                private readonly bool verbose;

                private protected LRScheduler(Optimizer optimizer, int last_epoch, bool verbose)
                {
                    this.verbose = verbose;
                    Groups = optimizer.ParamGroups.ToArray();
                    LastEpoch = last_epoch;
                    BaseRates = Groups.Select(group => group.InitialLearningRate).ToArray();
                }

                internal int LastEpoch { get; set; }

                private protected ILearningRateController[] Groups { get; }

                /// <summary>The rates the groups began with.</summary>
                private protected double[] BaseRates { get; }

                public virtual IEnumerable<double> get_last_lr() => Groups.Select(group => group.LearningRate).ToArray();

                public virtual void step()
                {
                    LastEpoch++;
                    Apply(i => Next(Groups[i].LearningRate, BaseRates[i]));
                }

                /// <summary>Goes to the given epoch directly, by the closed form.</summary>
                public virtual void step(int? epoch)
                {
                    if (epoch is not { } wanted)
                    {
                        step();
                        return;
                    }

                    LastEpoch = wanted;
                    Apply(i => At(wanted, Groups[i].LearningRate, BaseRates[i]));
                }

                public virtual void step(double current, int? epoch = null) =>
                    throw new NotSupportedException("Only ReduceLROnPlateau takes the value of a metric.");

                /// <summary>A group's rate at <see cref="LastEpoch"/>, from its rate one epoch before.</summary>
                private protected abstract double Next(double rate, double baseRate);

                /// <summary>A group's rate at an epoch, from the rate it began with.</summary>
                private protected virtual double At(int epoch, double rate, double baseRate) => Next(rate, baseRate);

                private protected void Apply(Func<int, double> rate)
                {
                    for (var i = 0; i < Groups.Length; i++)
                    {
                        Groups[i].LearningRate = rate(i);
                        if (verbose)
                        {
                            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Adjusting learning rate of group {i} to {Groups[i].LearningRate:E4}."));
                        }
                    }
                }
            }
        }
    }
}
