using System.Collections.Immutable;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>
/// One learned log σ for all pixels, put beside the means as further channels: <c>[c, h, w] → [2c, h, w]</c>. It is clipped
/// softly from below, so that its gradient never dies (Rybkin, Daniilidis and Levine 2021, section 3.2).
/// </summary>
internal sealed record LogScaleLayer : Layer
{
    /// <summary>The least log σ.</summary>
    public const double Least = -6.0;

    public override string Type => "LogScale";

    public override long Parameters => 1;

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [2 * input[0], input[1], input[2]];

    public override nn.Module<Tensor, Tensor> Create() => new LogScale();

    private sealed class LogScale : nn.Module<Tensor, Tensor>
    {
        public LogScale()
            : base(nameof(LogScale)) => register_parameter("weight", new Parameter(zeros([1])));

        public override Tensor forward(Tensor input)
        {
            var logScale = nn.functional.softplus(parameters().First() - Least) + Least;
            return cat([input, logScale.view(1, 1, 1, 1).expand_as(input)], 1);
        }
    }
}
