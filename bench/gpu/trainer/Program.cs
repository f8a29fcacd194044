using System.Globalization;
using System.Text.Json;
using Orchestrator.Bench;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Training;

if (args is ["devices"])
{
    Console.WriteLine(JsonSerializer.Serialize(new
    {
        libtorch = TorchSharp.torch.__version__,
        runtime = System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
        devices = TorchDevice.Available().Select(TorchDevice.Describe),
        noCuda = TorchDevice.WhyNoCuda()?.Cause,
    }));
    return 0;
}

if (args is not [var model, var device, var steps, var warmup, var folder, .. var options]
    || !BenchModels.All.TryGetValue(model, out var parameters))
{
    Console.Error.WriteLine("usage: Orchestrator.GpuBench devices");
    Console.Error.WriteLine("       Orchestrator.GpuBench MODEL DEVICE STEPS WARMUP IDX-FOLDER [tf32] [bf16] [graphs] [deterministic]");
    Console.Error.WriteLine($"MODEL is one of: {string.Join(", ", BenchModels.All.Keys.Order())}");
    return 1;
}

// The user's own files: PyTorch reads the same.
parameters = parameters.With(DatasetSelection.Dataset, "idx").With("path", new ParameterValue.Text(folder));
foreach (var option in options)
{
    parameters = option switch
    {
        "tf32" => parameters.With(DeviceParameters.Tf32, true),
        "bf16" => parameters.With(DeviceParameters.Autocast, "bf16"),
        "graphs" => parameters.With(DeviceParameters.CudaGraphs, true),
        "deterministic" => parameters.With(DeviceParameters.Deterministic, true),
        _ => throw new ArgumentException($"'{option}' is no option"),
    };
}

var scratch = Directory.CreateTempSubdirectory("orchestrator-gpu-bench");
try
{
    using var end = new CancellationTokenSource();
    var clock = new DeviceClock(Number(warmup), Number(steps), device, end);
    var trial = new TrialSpecification { Id = new string('b', 64), Parameters = parameters, Seed = 1, Epochs = [100_000] };
    var environment = new TrialEnvironment
    {
        Folder = scratch.FullName,
        Device = device,
        CheckpointEvery = TimeSpan.FromDays(1),
        ReportEvery = TimeSpan.Zero,
    };
    var outcome = Trainer.Train(trial, environment, clock, end.Token);
    if (outcome.Outcome != AttemptOutcome.Preempted)
    {
        Console.Error.WriteLine($"the training ended as {outcome.Outcome}: {outcome.Error}");
        return 2;
    }

    Console.WriteLine(JsonSerializer.Serialize(new
    {
        milliseconds = clock.Elapsed.TotalMilliseconds / Number(steps),
        processor = clock.Processor.TotalMilliseconds / Number(steps),
        parameters = Configurations.Describe(parameters).Parameters,
        memory = clock.DeviceMegabytes,
        remarks = outcome.Remarks,
    }));
    return 0;
}
finally
{
    scratch.Delete(recursive: true);
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
