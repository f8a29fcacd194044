using System.Globalization;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using Orchestrator.Core.Data;
using Orchestrator.Core.Files;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Generation;

/// <summary>
/// Keeps a data set's <see cref="FeatureReference"/> in a folder, so that it is made once for all trials: what is kept is
/// used only where data, protocol and torch library are the same.
/// </summary>
internal sealed class FeatureReferenceFile
{
    private const string Weights = "classifier.";
    private const string Mean = "mean";
    private const string Covariance = "covariance";
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly Dataset _dataset;
    private readonly string _path;
    private readonly Dictionary<string, string> _key;

    /// <param name="folder">The folder to keep it in; created when missing.</param>
    /// <param name="dataset">Data with labels.</param>
    public FeatureReferenceFile(string folder, Dataset dataset)
    {
        var library = typeof(Tensor).Assembly.GetName();
        _dataset = dataset;
        _path = Path.Combine(folder, $"classifier-{dataset.Fingerprint[..16]}-{library.Name}.safetensors");
        _key = new()
        {
            ["data"] = dataset.Fingerprint,
            ["protocol"] = FeatureClassifier.Protocol,
            ["library"] = $"{library.Name} {library.Version}",
        };
    }

    /// <summary>Reads the reference, or makes and keeps it; of several processes that need it one makes it.</summary>
    public FeatureReference ReadOrCreate(CancellationToken cancellation)
    {
        if (Read() is { } kept)
            return kept;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using var turn = WaitForTurn(cancellation);
        return Read() ?? Create(cancellation);
    }

    /// <summary>SHA-256 over the weights, in lower-case hexadecimal.</summary>
    public static string DigestOf(FeatureClassifier classifier) => WeightsFile.Digest(WeightsFile.Of(classifier));

    private FeatureReference Create(CancellationToken cancellation)
    {
        var reference = FeatureReference.Create(_dataset, cancellation);
        var tensors = WeightsFile.Of(reference.Classifier).ToDictionary(pair => Weights + pair.Key, pair => pair.Value, StringComparer.Ordinal);
        tensors.Add(Mean, Stored([.. reference.Test.Mean], FeatureClassifier.Features));
        tensors.Add(Covariance, Stored(reference.Test.Covariance.ToRowMajorArray(), FeatureClassifier.Features, FeatureClassifier.Features));
        var metadata = new Dictionary<string, string>(_key)
        {
            ["accuracy"] = reference.Accuracy.ToString("R", CultureInfo.InvariantCulture),
            ["floor"] = reference.Floor.ToString("R", CultureInfo.InvariantCulture),
        };
        AtomicFile.Write(_path, stream => Safetensors.Write(stream, tensors, metadata));
        return reference;
    }

    /// <summary>What is kept; null where nothing is, or what is there is damaged or was made otherwise.</summary>
    private FeatureReference? Read()
    {
        try
        {
            using var stream = File.OpenRead(_path);
            var (tensors, metadata) = Safetensors.Read(stream);
            return _key.All(pair => metadata.GetValueOrDefault(pair.Key) == pair.Value) ? Restore(tensors, metadata) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            // It is made anew and written over this one.
            return null;
        }
    }

    private FeatureReference Restore(IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var classifier = new FeatureClassifier(_dataset.Shape, _dataset.ClassCount);
        foreach (var (name, tensor) in classifier.state_dict())
            tensors[Weights + name].CopyTo(tensor);
        classifier.eval();
        var moments = new FeatureMoments(
            Vector<double>.Build.Dense(Numbers(tensors[Mean])),
            Matrix<double>.Build.DenseOfRowMajor(FeatureClassifier.Features, FeatureClassifier.Features, Numbers(tensors[Covariance])));
        return new(classifier, DigestOf(classifier), Number(metadata["accuracy"]), moments, Number(metadata["floor"]));
    }

    private FileStream WaitForTurn(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(_path + ".lock"))
            {
                // Another process makes it; the lock goes with that process, however it ends.
                cancellation.WaitHandle.WaitOne(Retry);
            }
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double[] Numbers(StoredTensor stored) => MemoryMarshal.Cast<byte, double>(stored.Bytes).ToArray();

    private static StoredTensor Stored(double[] numbers, params long[] shape) =>
        new("F64", [.. shape], MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
}
