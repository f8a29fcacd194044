using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orchestrator.Bench;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Training;

if (args is not [var model, var steps, var warmup, var threads, var data] || !BenchModels.All.TryGetValue(model, out var parameters))
{
    Console.Error.WriteLine("usage: Orchestrator.Bench MODEL STEPS WARMUP THREADS DATA-FOLDER");
    Console.Error.WriteLine("STEPS is a number, or a time such as 15s, which begins when a line is read");
    Console.Error.WriteLine($"MODEL is one of: {string.Join(", ", BenchModels.All.Keys.Order())}");
    return 1;
}

var folder = Directory.CreateTempSubdirectory("orchestrator-bench");
try
{
    using var end = new CancellationTokenSource();
    var counter = new StepCounter(Number(warmup), Length.Parse(steps), end);
    var trial = new TrialSpecification { Id = new string('b', 64), Parameters = parameters, Seed = 1, Epochs = [100_000] };
    var environment = new TrialEnvironment
    {
        Folder = folder.FullName,
        Threads = Number(threads),
        DataFolder = data,
        CheckpointEvery = TimeSpan.FromDays(1),
        ReportEvery = TimeSpan.Zero,
    };
    var outcome = Trainer.Train(trial, environment, counter, end.Token);
    if (outcome.Outcome != AttemptOutcome.Preempted)
    {
        Console.Error.WriteLine($"the training ended as {outcome.Outcome}: {outcome.Error}");
        return 2;
    }

    using var process = Process.GetCurrentProcess();
    Console.WriteLine(JsonSerializer.Serialize(new
    {
        steps = counter.Steps,
        processor = counter.Processor.TotalSeconds,
        clock = counter.Clock.TotalSeconds,
        resident = process.PeakWorkingSet64 / 1048576.0,
        parameters = Configurations.Describe(parameters).Parameters,
        losses = counter.Losses,
        allocated = counter.Allocated,
        collections = counter.Collections,
        libtorch = TorchSharp.torch.__version__,
    }));
    return 0;
}
finally
{
    folder.Delete(recursive: true);
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
