using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A table of vectors, looked up by integer index.</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    private readonly EmbeddingOptions options;

    internal Embedding(long count, long dimension, EmbeddingOptions options, Device? device, ScalarType? dtype)
        : this(new Parameter(empty([count, dimension], dtype, device)), options)
    {
        nn.init.normal_(weight);
        if (options.PaddingIndex is { } padding)
        {
            using var quiet = no_grad();
            using var row = weight.select(0, padding);
            row.zero_();
        }
    }

    internal Embedding(Parameter weight, EmbeddingOptions options)
        : base(nameof(Embedding))
    {
        this.options = options;
        this.weight = weight;
        register_parameter(nameof(weight), weight);
    }

    public Parameter weight { get; }

    public override Tensor forward(Tensor input) => nn.functional.embedding(
        input, weight, options.PaddingIndex, options.MaxNorm, options.NormType, options.ScaleByFrequency, options.Sparse);
}

internal sealed record EmbeddingOptions(long? PaddingIndex, double? MaxNorm, double NormType, bool ScaleByFrequency, bool Sparse);
