// Over 300 lines: one attempt from its first epoch to its outcome, read from top to bottom.
using System.Collections.Immutable;
using System.Diagnostics;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Evaluation.Artifacts;
using Orchestrator.Core.Evaluation.Generation;
using Orchestrator.Core.Evaluation.Plausibility;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Files;
using Orchestrator.Core.Fused;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training.Checkpoints;
using Orchestrator.Core.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training;

/// <summary>One attempt at a trial: the model, its optimizers, where the training stands, and the one training loop.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrialSpecification _trial;
    private readonly TrialEnvironment _environment;
    private readonly ITrialObserver _observer;
    private readonly TrialData _data;
    private readonly Device _device;
    private readonly Model _model;
    private readonly ImmutableArray<Optimization> _optimizations;
    private readonly TrainingSteps _steps;
    private readonly CheckpointFolder _checkpoints;
    private readonly LearningRateSchedule _learningRate;
    private readonly EarlyStopping? _stopping;
    private readonly ProgressReporter _progress;
    private readonly PlausibilityGate _gate;
    private readonly SampleJudge? _judge;
    private readonly int _batchSize;
    private long _lastCheckpoint = Stopwatch.GetTimestamp();

    /// <summary>Builds the model with its first weights on the device.</summary>
    public TrainingRun(
        TrialSpecification trial, TrialEnvironment environment, ITrialObserver observer, TrialData data, Device device)
    {
        (_trial, _environment, _observer, _data, _device) = (trial, environment, observer, data, device);
        var parameters = trial.Parameters;
        _batchSize = parameters.Get(TrainingParameters.BatchSize);
        _model = Initialisation.Build(ModelCatalogue.Of(parameters), parameters, data.Shape, trial.Seed).to(device);
        _optimizations = [.. _model.Phases.Select(phase => new Optimization(phase, parameters, device))];
        _steps = Steps(DeviceOptions.Of(parameters));
        _checkpoints = new CheckpointFolder(environment.Folder, trial.Id);
        _learningRate = LearningRateSchedule.Of(parameters, trial.Budget);
        _stopping = EarlyStopping.Of(parameters);
        _gate = PlausibilityGate.Of(_model, data);
        _judge = SampleJudge.Of(parameters, _model, data, environment.CacheFolder, device);
        _progress = new ProgressReporter(observer, environment.ReportEvery);
    }

    /// <summary>Where the training stands.</summary>
    public TrainingState State { get; private set; } = TrainingState.Start;

    private int Batches => _data.Train.Batches(_batchSize);

    /// <summary>Trains from where the newest checkpoint stands to the budget, and evaluates.</summary>
    public TrialOutcome Run(CancellationToken cancellation)
    {
        Restore();
        try
        {
            while (!IsOver)
            {
                TrainEpoch(cancellation);
                if (FinishEpoch(cancellation) == TrialDecision.Prune)
                    return Prune();
            }
            EvaluateMissedReadings(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            if (!IsOver)
                WriteCheckpoint();
            return State.ToOutcome(AttemptOutcome.Preempted);
        }
        return Complete();
    }

    private bool IsOver => State.Epoch >= _trial.Budget || HasStopped;

    private bool HasStopped => State.Epoch < _trial.Budget && _stopping is not null && _stopping.IsOver(State.Metrics);

    // A pruned trial may be taken up again, when the trials that it was behind turn out worse or nobody prunes any more.
    private TrialOutcome Prune()
    {
        State = State with { Finished = true };
        WriteCheckpoint();
        return State.ToOutcome(AttemptOutcome.Pruned);
    }

    private void TrainEpoch(CancellationToken cancellation)
    {
        var epoch = State.Epoch + 1;
        using var order = _data.Epoch(epoch);
        foreach (var optimization in _optimizations)
        {
            optimization.LearningRate = _learningRate.At(epoch);
            if (State.Batch == 0)
                optimization.Sums.Clear();
        }
        var started = Stopwatch.GetTimestamp();
        while (State.Batch < Batches && !(Stopwatch.GetElapsedTime(started) > _environment.TrainEpochFor))
        {
            cancellation.ThrowIfCancellationRequested();
            TrainBatch(order, epoch);
            _progress.Report("training", epoch, State.Batch, Batches, State.LastLoss);
            if (IsCheckpointDue())
                WriteCheckpoint();
        }
    }

    private void TrainBatch(ImageSelection order, int epoch)
    {
        using var scope = NewDisposeScope();
        // A seed for each step makes the noise a function of the position, on any device.
        manual_seed(unchecked((long)SeedSequence.Derive(_trial.Seed, "noise", (ulong)epoch, (ulong)State.Batch)));
        var step = new TrainingStep((long)State.Epoch * Batches + State.Batch, Batches);
        _steps.Take(order, State.Batch, step);
        State = State with { Batch = State.Batch + 1 };
    }

    private TrainingSteps Steps(DeviceOptions options)
    {
        if (options.UsesBfloat16)
            DeviceRuntime.Current.UseBfloat16(_model, _device);
        return options.RecordsSteps
            ? new RecordedSteps(_optimizations, _data.Train.Count, _batchSize, DeviceRuntime.Current, _device, Remark)
            : new TrainingSteps(_optimizations, _batchSize);
    }

    private void Remark(string remark)
    {
        State = State.Remark(remark);
        _observer.Log(remark);
    }

    private TrialDecision FinishEpoch(CancellationToken cancellation)
    {
        var epoch = State.Epoch + 1;
        TensorOperations.Current.ReleaseFreedMemory();
        ImmutableArray<MetricValue> watched =
        [
            .. TrainingFigures(epoch),
            .. Evaluate("val", _data.Validation, "validating", epoch, cancellation),
            .. CustomMetrics.Evaluate(_model, _data.Validation, "val", _trial, _data.Shape.Image, epoch),
        ];
        var stops = epoch < _trial.Budget && _stopping is not null && _stopping.IsOver(State.Metrics.Concat(watched));
        if (stops)
            _observer.Log(FormattableString.Invariant($"stopped at epoch {epoch} of {_trial.Budget}: {_stopping}"));
        var isReading = stops || _trial.Epochs.Contains(epoch);
        ImmutableArray<MetricValue> figures = [.. watched, .. isReading ? Read(epoch, cancellation) : []];
        State = State with
        {
            Epoch = epoch,
            Batch = 0,
            Finished = stops || epoch == _trial.Budget,
            Metrics = State.Metrics.AddRange(figures),
        };
        if (isReading || IsCheckpointDue())
            WriteCheckpoint();
        TensorOperations.Current.ReleaseFreedMemory();
        return _observer.EpochCompleted(epoch, figures);
    }

    private IEnumerable<MetricValue> TrainingFigures(int epoch)
    {
        CheckFinite();
        foreach (var optimization in _optimizations)
        {
            var sums = optimization.Sums.Read();
            for (var term = 0; term < sums.Length; term++)
                yield return new MetricValue(epoch, $"train/{optimization.Terms[term]}", sums[term] / _data.Train.Count);
        }
    }

    private List<MetricValue> Evaluate(
        string part, ImageSelection images, string stage, int epoch, CancellationToken cancellation)
    {
        if (images.Count == 0)
            return [];
        _progress.Report(stage, epoch, Batches, Batches, State.LastLoss);
        return Possible([.. Evaluator.Evaluate(_model, images, _trial.Seed, cancellation)
            .Select(figure => new MetricValue(epoch, $"{part}/{figure.Quantity}", figure.Value))]);
    }

    /// <summary>The figures of a reading: the test images', and those that take too long for every epoch.</summary>
    private List<MetricValue> Read(int epoch, CancellationToken cancellation)
    {
        var figures = Evaluate("test", _data.Test, "evaluating", epoch, cancellation);
        var elbo = figures.Find(figure => figure.Name == "test/elbo")?.Value;
        var costly = ReadingEvaluator.Evaluate(_model, _data, elbo, cancellation)
            .Select(figure => new MetricValue(epoch, figure.Measure.Definition.Name, figure.Value));
        var judged = (_judge?.Measure(_model, cancellation) ?? [])
            .Select(figure => new MetricValue(epoch, figure.Measure.Definition.Name, figure.Value));
        return
        [
            .. figures, .. Possible([.. costly, .. judged]),
            .. CustomMetrics.Evaluate(_model, _data.Sample, "test", _trial, _data.Shape.Image, epoch),
        ];
    }

    private List<MetricValue> Possible(List<MetricValue> figures) =>
        figures.Find(figure => !double.IsFinite(figure.Value)) is { } bad
            ? throw new DivergenceException(bad.Epoch, bad.Name, bad.Value)
            : [.. _gate.Pass(figures)];

    /// <summary>Readings that fell on epochs which an earlier attempt, with other readings, trained without evaluating.</summary>
    private void EvaluateMissedReadings(CancellationToken cancellation)
    {
        if (_model is not Autoencoder && _judge is null)
            return;
        var read = State.Metrics.Where(m => m.Name.StartsWith("test/", StringComparison.Ordinal)).Select(m => m.Epoch).ToHashSet();
        // A training that stopped early has its last reading where it stopped, and none behind it.
        foreach (var epoch in _trial.Epochs.Where(epoch => !read.Contains(epoch) && epoch <= State.Epoch))
        {
            if (epoch == State.Epoch && State.Batch == 0)
                State = State with { Metrics = State.Metrics.AddRange(Read(epoch, cancellation)) };
            else
                State = State.Remark(FormattableString.Invariant(
                    $"epoch {epoch} was trained before it was asked for as a reading, and its weights are gone: it has no test figures"));
        }
    }

    private TrialOutcome Complete()
    {
        _progress.Report("evaluating", State.Epoch, Batches, Batches, State.LastLoss);
        if (_steps.Reservation is { } reservation)
            Remark(reservation);
        TensorOperations.Current.ReleaseFreedMemory();
        using var scope = NewDisposeScope();
        var folder = new ArtifactFolder(_environment.Folder, State.Epoch);
        var weights = WeightsFile.Of(_model);
        var figures = State.Metrics.Where(metric => metric.Epoch == State.Epoch)
            .DistinctBy(metric => metric.Name).ToDictionary(metric => metric.Name, metric => metric.Value);
        var file = folder.WriteWeights(weights, new Dictionary<string, string> { ["trial"] = _trial.Id });
        return State.ToOutcome(AttemptOutcome.Completed) with
        {
            StoppedEarly = HasStopped,
            Artifacts = [file, .. Gallery.Write(folder, _model, _data, _trial.Parameters, _trial.Seed, _device)],
            WeightsDigest = WeightsFile.Digest(weights),
            Remarks = [.. State.Remarks, .. Verdicts.On(_model, _data, figures), .. _judge?.Verdicts(figures) ?? []],
        };
    }

    private bool IsCheckpointDue() => Stopwatch.GetElapsedTime(_lastCheckpoint) >= _environment.CheckpointEvery;

    private void WriteCheckpoint()
    {
        CheckFinite();
        using var scope = NewDisposeScope();
        _checkpoints.Write(new Checkpoint(_trial.Id, State, TrainingTensors.Save(_model, _optimizations, _device)));
        _lastCheckpoint = Stopwatch.GetTimestamp();
    }

    private void Restore()
    {
        var (checkpoint, remarks) = _checkpoints.ReadNewest();
        if (checkpoint is not null)
        {
            Load(checkpoint);
            State = checkpoint.State;
            if (!State.Finished)
                State = State with { Interruptions = State.Interruptions + 1 };
            State = State with { Finished = false };
        }
        foreach (var remark in remarks)
            Remark(remark);
        if (checkpoint is not null)
            _observer.Resumed(State.Epoch, State.Metrics, remarks.IsEmpty ? null : string.Join("; ", remarks));
    }

    private void Load(Checkpoint checkpoint)
    {
        try
        {
            TrainingTensors.Load(checkpoint.Tensors, _model, _optimizations, _device);
        }
        catch (InvalidDataException e)
        {
            throw new ProblemException(
                Path.Combine(_environment.Folder, "checkpoints"),
                $"The training cannot go on from {checkpoint.FileName}: {e.Message}.",
                "Finish the trial with the program and the torch provider that began it, or delete this folder to train it anew.");
        }
    }

    /// <summary>Waits for the device and looks at the sums of the epoch: a NaN or infinity in any batch shows in them.</summary>
    private void CheckFinite()
    {
        foreach (var optimization in _optimizations)
        {
            var sums = optimization.Sums.Read();
            var bad = Array.FindIndex(sums, sum => !double.IsFinite(sum));
            if (bad >= 0)
                throw new DivergenceException(State.Epoch + 1, $"train/{optimization.Terms[bad]}", sums[bad]);
        }
    }

    public void Dispose()
    {
        _steps.Dispose();
        foreach (var optimization in _optimizations)
            optimization.Dispose();
        _judge?.Dispose();
        _model.Dispose();
    }
}
