using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Training;

/// <summary>
/// The learning rate of each epoch, as a pure function of the epoch: a training that is taken up again needs no
/// scheduler's state.
/// </summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Cosine">True for half a cosine from <paramref name="Rate"/> to 0 (Loshchilov and Hutter 2017).</param>
/// <param name="Budget">The last epoch.</param>
internal sealed record LearningRateSchedule(double Rate, bool Cosine, int Budget)
{
    private const string CosineName = "cosine";

    /// <summary>The names that a manifest can choose.</summary>
    public static ImmutableArray<string> Names { get; } = ["constant", CosineName];

    /// <summary>The schedule that a configuration names.</summary>
    public static LearningRateSchedule Of(ParameterSet parameters, int budget) =>
        new(parameters.Get(Parameters.LearningRate), IsCosine(parameters), budget);

    /// <summary>The rate in an epoch, from 1.</summary>
    public double At(int epoch) =>
        Cosine ? Rate * 0.5 * (1 + Math.Cos(Math.PI * (epoch - 1) / Budget)) : Rate;

    /// <summary>Why results depend on the total of epochs, or null.</summary>
    public static string? BudgetDependence(ParameterSet parameters) => IsCosine(parameters)
        ? "the schedule 'cosine' lowers the learning rate towards the last epoch"
        : null;

    private static bool IsCosine(ParameterSet parameters) => parameters.Get(Parameters.Schedule) == CosineName;
}
