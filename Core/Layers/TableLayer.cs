using System.Collections.Immutable;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>
/// A table of learned numbers, read by row: indices <c>[count]</c>, int64, to <c>[count, columns]</c>. The first numbers are
/// drawn from a normal distribution. It is one long vector, so that no rule for weights of layers touches it.
/// </summary>
internal sealed record TableLayer(long Rows, long Columns, double Mean, double Deviation) : Layer
{
    public override string Type => FormattableString.Invariant($"Table {Rows}×{Columns}");

    public override long Parameters => Rows * Columns;

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [Columns];

    public override nn.Module<Tensor, Tensor> Create() => new Table(Rows, Columns, Mean, Deviation);

    private sealed class Table : nn.Module<Tensor, Tensor>
    {
        private readonly long _columns;

        public Table(long rows, long columns, double mean, double deviation)
            : base(nameof(Table))
        {
            _columns = columns;
            register_parameter("weight", new Parameter(randn([rows * columns]) * deviation + mean));
        }

        public override Tensor forward(Tensor input) => parameters().First().view(-1, _columns).index_select(0, input);
    }
}
