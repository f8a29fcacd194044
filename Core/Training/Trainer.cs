using Orchestrator.Core.Batches;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Evaluation.Plausibility;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Fused;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training;

/// <summary>Trains one trial: the one way into the training of Core.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a trial to its budget, from its newest sound checkpoint where there is one, and evaluates it. The same trial
    /// on the same kind of device with the same threads gives the same weights and figures in every bit, interrupted or not.
    /// A trial that is already done is evaluated from its checkpoint.
    /// </summary>
    /// <param name="specification">What to train. Its parameters must have passed <see cref="Configurations.Check"/>.</param>
    /// <param name="environment">Where and with what.</param>
    /// <param name="observer">Told on this thread; what it throws ends the attempt and passes through.</param>
    /// <param name="cancellation">Ends the attempt after the batch under way, with a checkpoint: <see cref="AttemptOutcome.Preempted"/>.</param>
    /// <returns>How the attempt ended. Divergence, lack of memory and the user's problems are outcomes, not exceptions.</returns>
    public static TrialOutcome Train(
        TrialSpecification specification, TrialEnvironment environment, ITrialObserver observer, CancellationToken cancellation)
    {
        TrainingRun? run = null;
        try
        {
            // What the trial before left on the managed heap, its data set among it.
            TensorOperations.Current.ReleaseFreedMemory();
            TensorOperations.Current.LimitThreads(environment.Threads);
            using var scope = NewDisposeScope();
            var device = TorchDevice.Of(environment.Device);
            observer.Progress(new TrialProgress(0, 0, 0, null, "loading"));
            var parameters = specification.Parameters;
            using var entered = DeviceRuntime.Current.Enter(device, DeviceOptions.Of(parameters));
            if (LoadedExtensions.Mismatch(parameters) is { } mismatch)
                throw new ProblemException([mismatch]);
            var dataset = DatasetFacts.Load(parameters, environment.DataFolder, cancellation);
            CheckIdentity(specification, dataset);
            int? left = parameters.Get(DatasetSelection.WithoutClass) is >= 0 and var label ? label : null;
            using var data = new TrialData(dataset, parameters.Get(DatasetSelection.Validation), specification.Seed, device, left);
            using (run = new TrainingRun(specification, environment, observer, data, device))
                return run.Run(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Ended(AttemptOutcome.Preempted, run, null);
        }
        catch (ProblemException e)
        {
            return Ended(AttemptOutcome.Failed, run, e.Message);
        }
        catch (ImplausibleFigureException e)
        {
            return Ended(AttemptOutcome.Failed, run, e.Message);
        }
        catch (DivergenceException e)
        {
            return Ended(AttemptOutcome.Diverged, run, e.Message);
        }
        catch (Exception e) when (Unrepeatable.Is(e))
        {
            return Ended(AttemptOutcome.Failed, run, Unrepeatable.Explain(e));
        }
        catch (Exception e) when (MemoryExhaustion.Is(e))
        {
            return Ended(AttemptOutcome.OutOfMemory, run, $"no memory left on {environment.Device}: {e.Message}");
        }
    }

    // A trial is named by what its data held when it was planned; other data would be filed under a wrong name.
    private static void CheckIdentity(TrialSpecification specification, Dataset dataset)
    {
        if (specification.DataFingerprint is { } planned && planned != dataset.Fingerprint)
        {
            throw new ProblemException(
                $"data set {dataset.Name}",
                "The data are not those that the trial was planned with.",
                "Run the manifest again, which plans trials of the data as they are now, or bring back the data as they were.");
        }
    }

    private static TrialOutcome Ended(AttemptOutcome outcome, TrainingRun? run, string? error) =>
        (run?.State ?? TrainingState.Start).ToOutcome(outcome) with { Error = error };
}
