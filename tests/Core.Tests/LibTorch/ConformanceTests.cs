using System.Diagnostics;
using System.Text.Json;
using Orchestrator.LibTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

/// <summary>The provider against PyTorch: same seed, same networks, same losses.</summary>
[Collection("torch")]
public sealed class ConformanceTests : IDisposable
{
    private readonly int _threads = TorchRuntime.BlasThreads;

    // PyTorch leaves OpenBLAS every core; a training before this may have left it one.
    public ConformanceTests() => TorchRuntime.BlasThreads = Environment.ProcessorCount;

    public void Dispose() => TorchRuntime.BlasThreads = _threads;

    private const string Python = "/usr/bin/python3";
    private static readonly JsonSerializerOptions Lowercase = new() { PropertyNameCaseInsensitive = true };

    private sealed record Recording(
        string Torch,
        string Capability,
        string Blas,
        Dictionary<string, double[]> Optimizers,
        Dictionary<string, double[]> Schedules,
        ConformanceResult Dense,
        ConformanceResult Convolutional);

    [Fact]
    public void Losses_equal_those_PyTorch_was_recorded_with()
    {
        var data = RequireData();
        var recorded = Read(File.ReadAllText(BesideTests("conformance.json")));

        // Kernels round differently between versions and vector widths; then digits cannot agree, but learning must. OpenBLAS
        // chooses its own by the processor or by OPENBLAS_CORETYPE.
        Compare(recorded, data, SameKernels(recorded) && TorchRuntime.Blas.Contains(recorded.Blas, StringComparison.Ordinal) ? [] : [0.02, 0.02, 0.02]);
    }

    [Fact]
    public void Losses_equal_those_of_the_PyTorch_on_this_machine()
    {
        var data = RequireData();
        var live = RunPyTorch(data);
        Assert.SkipUnless(live is not null, $"{Python} has no torch");

        var same = live!.Torch == TorchRuntime.Version;
        Assert.SkipUnless(same, $"python's torch is {live.Torch}, this libtorch {TorchRuntime.Version}");
        // From version 2 on PyTorch's Adam moves its means by an interpolation, which rounds otherwise than ours, and training
        // spreads what rounding begins: the third epoch of PyTorch 1.13, 2.6 and 2.14 differs by 2e-5 among themselves.
        Compare(live, data, live.Torch.StartsWith("1.", StringComparison.Ordinal) ? [] : [1e-6, 1e-5, 1e-4]);
    }

    [Fact]
    public void State_dict_names_equal_PyTorchs()
    {
        var recorded = Read(File.ReadAllText(BesideTests("conformance.json")));
        using var dense = new DenseVae();
        using var convolutional = new ConvolutionalVae();

        Assert.Equal(recorded.Dense.Names, dense.state_dict().Keys);
        Assert.Equal(recorded.Convolutional.Names, convolutional.state_dict().Keys);
    }

    [Fact]
    public void Optimizers_step_to_the_bits_that_PyTorchs_single_tensor_path_gives()
    {
        var recorded = Read(File.ReadAllText(BesideTests("conformance.json")));
        var sameKernels = SameKernels(recorded);

        foreach (var (name, expected) in recorded.Optimizers)
        {
            var actual = OptimizerRuns.Run(name);
            Assert.True(
                sameKernels ? expected.SequenceEqual(actual) : expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5),
                $"{name}: expected {string.Join(" ", expected)}, got {string.Join(" ", actual)}");
        }
    }

    [Fact]
    public void Schedulers_give_PyTorchs_learning_rates()
    {
        foreach (var (name, expected) in Read(File.ReadAllText(BesideTests("conformance.json"))).Schedules)
        {
            Assert.Equal((name, string.Join(" ", expected)), (name, string.Join(" ", OptimizerRuns.Rates(name))));
        }
    }

    private static void Compare(Recording expected, string data, double[] tolerances)
    {
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            Compare(expected.Dense, ConformanceRun.Train(() => new DenseVae(), data), tolerances);
            Compare(expected.Convolutional, ConformanceRun.Train(() => new ConvolutionalVae(), data), tolerances);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <param name="expected">PyTorch's.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="tolerances">Relative, of each epoch's loss; where there are none, losses and weights are equal.</param>
    private static void Compare(ConformanceResult expected, ConformanceResult actual, double[] tolerances)
    {
        if (tolerances.Length == 0)
        {
            Assert.Equal(expected.Losses, actual.Losses);
            Assert.Equal(expected.Weights, actual.Weights);
            return;
        }

        Assert.Equal(tolerances.Length, expected.Losses.Length);
        Assert.Equal(tolerances.Length, actual.Losses.Length);
        foreach (var (wanted, got, tolerance) in expected.Losses.Zip(actual.Losses, tolerances))
        {
            Assert.InRange(got, wanted * (1 - tolerance), wanted * (1 + tolerance));
        }
    }

    private static bool SameKernels(Recording recorded) =>
        recorded.Torch == TorchRuntime.Version && recorded.Capability == TorchRuntime.CpuCapability;

    private static string RequireData()
    {
        var data = ConformanceRun.FindData();
        Assert.SkipUnless(data is not null, "Fashion-MNIST is not here: set ORCHESTRATOR_DATA to the folder that holds fashion-mnist/");
        return data!;
    }

    private static Recording? RunPyTorch(string data)
    {
        if (!File.Exists(Python) || Run("-c", "import torch").ExitCode != 0)
        {
            return null;
        }

        var (exitCode, output) = Run(BesideTests("conformance.py"), data);
        Assert.Equal(0, exitCode);
        return Read(output);
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        errors.GetAwaiter().GetResult();
        return (process.ExitCode, output);
    }

    private static string BesideTests(string file) => Path.Combine(AppContext.BaseDirectory, "LibTorch", file);

    private static Recording Read(string json) => JsonSerializer.Deserialize<Recording>(json, Lowercase)!;
}
