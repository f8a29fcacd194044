using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

/// <summary>What conformance.py prints for one network.</summary>
internal sealed record ConformanceResult(double[] Losses, double Weights, string[] Names);

/// <summary>The training loop of conformance.py.</summary>
internal static class ConformanceRun
{
    private const int Images = 4096, Batch = 128, Epochs = 3, Seed = 20261121;

    /// <summary>Where Fashion-MNIST is on this machine, or null.</summary>
    internal static string? FindData()
    {
        var candidates = new List<string>();
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_DATA") is { Length: > 0 } given)
        {
            candidates.Add(given);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            candidates.Add(Path.Combine(folder.FullName, "shared", "datasets"));
        }

        return candidates
            .Select(folder => Path.Combine(folder, "fashion-mnist"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "train-images-idx3-ubyte.gz")));
    }

    internal static ConformanceResult Train(Func<ConformanceVae> make, string data)
    {
        using var run = NewDisposeScope();
        var images = ReadImages(data);
        manual_seed(Seed);
        using var model = make();
        using var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
        var losses = Enumerable.Range(0, Epochs).Select(_ => Epoch(model, optimizer, images)).ToArray();
        var weights = model.parameters().Sum(p => p.detach().@double().sum().item<double>());
        return new ConformanceResult(losses, weights, [.. model.state_dict().Keys]);
    }

    private static double Epoch(ConformanceVae model, optim.Optimizer optimizer, Tensor images)
    {
        using var epoch = NewDisposeScope();
        var order = randperm(Images);
        var total = 0.0;
        for (var start = 0; start < Images; start += Batch)
        {
            using var batch = NewDisposeScope();
            var x = images.index_select(0, order.narrow(0, start, Batch)).to(float32) / 255;
            var loss = model.call(x);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            total += loss.item<float>();
        }

        return total / Images;
    }

    private static Tensor ReadImages(string folder)
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(folder, "train-images-idx3-ubyte.gz")), CompressionMode.Decompress);
        var bytes = new byte[16 + (Images * 784)];
        file.ReadExactly(bytes);
        return tensor(bytes[16..], [Images, 1, 28, 28]);
    }
}
