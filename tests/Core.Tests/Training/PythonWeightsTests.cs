using System.Diagnostics;
using System.Runtime.InteropServices;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Artifacts;
using Orchestrator.Core.Files;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Training;

/// <summary>The weights in the hands of another program: PyTorch loads them by its own names and reconstructs the same image.</summary>
[Collection("torch")]
public sealed class PythonWeightsTests
{
    private const string Python = "/usr/bin/python3";
    private const int Images = 8;

    [Fact]
    public void PyTorch_loads_the_weights_by_name_and_reconstructs_the_same_images()
    {
        Assert.SkipUnless(File.Exists(Python) && Run("-c", "import torch, numpy").ExitCode == 0, $"{Python} has no torch (Debian package python3-torch)");
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var model = (Autoencoder)Initialisation.Build(
            ModelCatalogue.Of(Some.Configuration), Some.Configuration, DatasetFacts.Of(Some.Configuration).Shape, 1);
        manual_seed(7);
        long[] shape = [Images, 1, 28, 28];
        var images = rand(shape);
        new ArtifactFolder(folder.Path, 1).WriteWeights(WeightsFile.Of(model), new Dictionary<string, string>());
        File.WriteAllBytes(folder.File("images.bin"), MemoryMarshal.AsBytes<float>(images.data<float>().ToArray()).ToArray());

        var (exitCode, errors) = Run(
            Path.Combine(AppContext.BaseDirectory, "Training", "reconstruct.py"),
            folder.File("weights.safetensors"), folder.File("images.bin"), folder.File("reconstruction.bin"));

        Assert.True(exitCode == 0, errors);
        var expected = model.Likelihood.Mean(model.Decode(model.Encode(new Batch(images, null, Images)).Mean, null)).data<float>().ToArray();
        var actual = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File("reconstruction.bin"))).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-5f);
    }

    private static (int ExitCode, string Errors) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
