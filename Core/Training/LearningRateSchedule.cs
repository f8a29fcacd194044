using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Extensions;

namespace Orchestrator.Core.Training;

/// <summary>
/// The learning rate of each epoch, as a pure function of the epoch: a training that is taken up again needs no
/// scheduler's state.
/// </summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Cosine">True for half a cosine from <paramref name="Rate"/> to 0 (Loshchilov and Hutter 2017).</param>
/// <param name="Budget">The last epoch.</param>
/// <param name="Factor">The factor of an epoch that a script's schedule gives; null for the built-in ones.</param>
internal sealed record LearningRateSchedule(double Rate, bool Cosine, int Budget, Func<int, double>? Factor = null)
{
    /// <summary>Epochs for which a script's schedule is tried before training.</summary>
    private const int Tried = 100;

    private const string CosineName = "cosine";

    /// <summary>The names that a manifest can choose.</summary>
    public static ImmutableArray<string> Names { get; } = ["constant", CosineName];

    /// <summary>The schedule that a configuration names.</summary>
    public static LearningRateSchedule Of(ParameterSet parameters, int budget) =>
        new(parameters.Get(TrainingParameters.LearningRate), IsCosine(parameters), budget, FactorOf(parameters, budget));

    /// <summary>The rate in an epoch, from 1.</summary>
    /// <exception cref="ProblemException">A script's schedule failed, or gave no usable factor.</exception>
    public double At(int epoch) => Factor is not null
        ? Rate * Factor(epoch)
        : Cosine ? Rate * 0.5 * (1 + Math.Cos(Math.PI * (epoch - 1) / Budget)) : Rate;

    /// <summary>What is wrong with the factors of a script's schedule, as far as it can be tried before training.</summary>
    public static IEnumerable<Problem> Check(ParameterSet parameters)
    {
        if (FactorOf(parameters, Tried) is not { } factor)
            return [];
        var found = new ProblemList();
        found.Try(() => Enumerable.Range(1, Tried).Sum(factor));
        return found.Problems;
    }

    /// <summary>Why results depend on the total of epochs, or null.</summary>
    public static string? BudgetDependence(ParameterSet parameters)
    {
        if (IsCosine(parameters))
            return "the schedule 'cosine' lowers the learning rate towards the last epoch";
        return LoadedExtensions.ScheduleOf(parameters) is { DependsOnTotal: true } schedule
            ? $"the schedule '{schedule.Name}' depends on the last epoch"
            : null;
    }

    private static Func<int, double>? FactorOf(ParameterSet parameters, int budget)
    {
        if (LoadedExtensions.ScheduleOf(parameters) is not { } schedule)
            return null;
        return epoch =>
        {
            double factor;
            try
            {
                factor = schedule.Factor(new ScheduleInput(parameters, epoch, schedule.DependsOnTotal ? budget : null));
            }
            // The script's own code: whatever it throws is the script's matter.
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw Refusal(schedule, $"fails at epoch {epoch}: {fault.Message.Trim()}");
            }
            return double.IsFinite(factor) && factor >= 0
                ? factor
                : throw Refusal(schedule, FormattableString.Invariant($"gives the factor {factor} at epoch {epoch}, and it must be finite and not below 0"));
        };
    }

    private static ProblemException Refusal(CustomSchedule schedule, string cause) =>
        new(TrainingParameters.Schedule.Name, $"The schedule '{schedule.Name}' {cause}.", "Correct its function in the script.");

    private static bool IsCosine(ParameterSet parameters) => parameters.Get(TrainingParameters.Schedule) == CosineName;
}
