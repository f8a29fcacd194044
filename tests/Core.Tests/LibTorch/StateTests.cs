using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

/// <summary>Weights and optimizer state, out and in again.</summary>
[Collection("torch")]
public sealed class StateTests
{
    public static TheoryData<string> Optimizers => ["adam", "adamw", "sgd", "rmsprop", "adadelta"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_run_that_was_saved_and_loaded_ends_with_the_same_bits(string kind)
    {
        using var scope = NewDisposeScope();
        var (model, optimizer) = Start(kind);
        Steps(model, optimizer, 0, 3);
        using var file = new MemoryStream();
        model.save(file);
        using var writer = new BinaryWriter(file);
        optimizer.save_state_dict(writer);
        Steps(model, optimizer, 3, 6);

        var (other, otherOptimizer) = Start(kind);
        Steps(other, otherOptimizer, 7, 8);
        file.Position = 0;
        other.load(file);
        using var reader = new BinaryReader(file);
        otherOptimizer.load_state_dict(reader);
        Steps(other, otherOptimizer, 3, 6);

        Assert.Equal(file.Length, file.Position);
        AssertSameBytes(model, other);
    }

    [Fact]
    public void An_optimizers_state_can_be_given_to_another()
    {
        using var scope = NewDisposeScope();
        var (model, optimizer) = Start("adam");
        Steps(model, optimizer, 0, 2);
        var (other, otherOptimizer) = Start("adam");
        other.load_state_dict(model.state_dict());
        otherOptimizer.load_state_dict(optimizer.state_dict());
        Steps(model, optimizer, 2, 5);
        Steps(other, otherOptimizer, 2, 5);

        AssertSameBytes(model, other);
    }

    [Fact]
    public void A_state_dict_in_memory_is_the_state_itself_as_in_the_package()
    {
        using var scope = NewDisposeScope();
        var (model, optimizer) = Start("adam");
        var state = (Adam.State)optimizer.state_dict().State[0];

        Steps(model, optimizer, 0, 2);

        Assert.Equal(2, state.step);
        Assert.True(state.exp_avg.abs().sum().ToSingle() > 0);
    }

    [Fact]
    public void A_changed_learning_rate_is_part_of_the_state()
    {
        using var scope = NewDisposeScope();
        var (_, optimizer) = Start("adam");
        optimizer.ParamGroups.Single().LearningRate = 0.125;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        optimizer.save_state_dict(writer);
        file.Position = 0;

        var (_, other) = Start("adam");
        using var reader = new BinaryReader(file);
        other.load_state_dict(reader);

        Assert.Equal(0.125, other.ParamGroups.Single().LearningRate);
    }

    [Fact]
    public void State_of_another_optimizer_is_refused()
    {
        using var scope = NewDisposeScope();
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        Start("sgd").Optimizer.save_state_dict(writer);
        file.Position = 0;
        using var reader = new BinaryReader(file);

        var error = Assert.Throws<InvalidDataException>(() => Start("adam").Optimizer.load_state_dict(reader));

        Assert.Contains("'Adam'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_or_of_another_model_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(nn.Linear(3, 2));
        using var file = new MemoryStream();
        model.save(file);
        var bytes = file.ToArray();

        Assert.Throws<EndOfStreamException>(() => model.load(new MemoryStream(bytes[..^3])));
        Assert.Throws<ArgumentException>(() => nn.Sequential(nn.Linear(3, 4)).load(new MemoryStream(bytes)));
        Assert.Throws<ArgumentException>(() => nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 2)).load(new MemoryStream(bytes)));
    }

    [Fact]
    public void Saved_weights_have_TorchSharps_layout()
    {
        using var model = nn.Sequential(("layer", nn.Linear(2, 1, hasBias: false)));
        using var file = new MemoryStream();
        model.save(file);

        // One entry; its name with its length; type 6 (float), rank 2, extents 1 and 2; two floats.
        byte[] expected = [1, 12, .. "layer.weight"u8, 6, 2, 1, 2, .. model.state_dict()["layer.weight"].bytes];
        Assert.Equal(expected, file.ToArray());
    }

    [Fact]
    public void A_model_moves_to_another_type_in_place()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2));
        var weight = model.parameters().First();

        model.to(float64);

        Assert.Equal(ScalarType.Float64, weight.dtype);
        Assert.Equal(ScalarType.Int64, model.state_dict()["1.num_batches_tracked"].dtype);
        Assert.Equal(ScalarType.Float64, model.call(randn(4, 3, float64)).dtype);
    }

    private static (nn.Module<Tensor, Tensor> Model, OptimizerHelper Optimizer) Start(string kind)
    {
        manual_seed(5);
        var model = nn.Sequential(("first", nn.Linear(4, 3)), ("norm", nn.BatchNorm1d(3)), ("act", nn.Tanh()), ("last", nn.Linear(3, 1)));
        var parameters = model.parameters();
        return (model, kind switch
        {
            "adam" => optim.Adam(parameters, lr: 0.01, amsgrad: true),
            "adamw" => optim.AdamW(parameters, lr: 0.01, weight_decay: 0.01),
            "sgd" => optim.SGD(parameters, 0.01, momentum: 0.9),
            "rmsprop" => optim.RMSProp(parameters, momentum: 0.5, centered: true),
            _ => optim.Adadelta(parameters),
        });
    }

    private static void Steps(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator((ulong)step);
            var loss = model.call(randn([8, 4], generator: generator)).square().sum();
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
    }

    private static void AssertSameBytes(nn.Module first, nn.Module second)
    {
        var other = second.state_dict();
        foreach (var (key, tensor) in first.state_dict())
        {
            Assert.True(tensor.bytes.SequenceEqual(other[key].bytes), key);
        }
    }
}
