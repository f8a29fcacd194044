using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Extensions;

/// <summary>What a custom schedule sees.</summary>
/// <param name="Parameters">The configuration.</param>
/// <param name="Epoch">The epoch that begins, from 1.</param>
/// <param name="Total">The last epoch; null unless <see cref="CustomSchedule.DependsOnTotal"/>.</param>
public sealed record ScheduleInput(ParameterSet Parameters, int Epoch, int? Total);
