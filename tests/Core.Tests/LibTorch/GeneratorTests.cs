using TorchSharp;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

[Collection("torch")]
public sealed class GeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var first = randn(5);
        manual_seed(7);
        var second = randn(5);

        Assert.True(first.equal(second));
        Assert.Equal(7, initial_seed());
    }

    [Fact]
    public void A_restored_state_goes_on_where_it_was_saved()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        randn(3);
        var state = get_rng_state();
        var expected = (randn(9), randperm(100), rand(4));
        set_rng_state(state);

        Assert.True(expected.Item1.equal(randn(9)));
        Assert.True(expected.Item2.equal(randperm(100)));
        Assert.True(expected.Item3.equal(rand(4)));
    }

    [Fact]
    public void A_generator_of_its_own_does_not_touch_the_default_one()
    {
        using var scope = NewDisposeScope();
        using var own = new Generator(11);
        manual_seed(7);
        var undisturbed = randn(4);
        manual_seed(7);

        var drawn = new[]
        {
            rand(3, generator: own), randn(3, generator: own), randperm(3, generator: own).to(float32),
            zeros(3).normal_(0, 1, own), zeros(3).uniform_(0, 1, own), bernoulli(full([3], 0.5), own),
        };

        Assert.True(undisturbed.equal(randn(4)));
        Assert.Equal(6, drawn.Length);
        Assert.Equal(11, own.initial_seed());
    }

    [Fact]
    public void A_generators_state_moves_to_another_generator()
    {
        using var scope = NewDisposeScope();
        using var first = new Generator(1);
        using var second = new Generator(2);
        randn(3, generator: first);
        second.set_state(first.get_state());

        Assert.True(randn(20, generator: first).equal(randn(20, generator: second)));
    }

    [Fact]
    public void A_states_bytes_survive_a_file()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        randn(5);
        using var stream = new MemoryStream();
        get_rng_state().Save(stream);
        var expected = rand(6);

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        set_rng_state(TensorExtensionMethods.Load(reader));

        Assert.True(expected.equal(rand(6)));
    }
}
