using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

[Collection("torch")]
public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_inside_and_the_live_count_returns()
    {
        var before = Tensor.TotalCount;
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = zeros(3) + 1.0;
            Assert.Equal(2, scope.DisposablesCount);
            Assert.Equal(before + 2, Tensor.TotalCount);
        }

        Assert.True(inside.IsInvalid);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_nested_scope_disposes_only_its_own()
    {
        using var outer = NewDisposeScope();
        var first = zeros(1);
        Tensor second, moved;
        using (var inner = NewDisposeScope())
        {
            second = zeros(1);
            moved = zeros(1).MoveToOuterDisposeScope();
            Assert.Same(inner, CurrentDisposeScope);
        }

        Assert.Same(outer, CurrentDisposeScope);
        Assert.False(first.IsInvalid);
        Assert.True(second.IsInvalid);
        Assert.False(moved.IsInvalid);
        Assert.Equal(2, outer.DisposablesCount);
    }

    [Fact]
    public void A_detached_tensor_outlives_every_scope()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            kept = ones(2).DetachFromDisposeScope();
        }

        Assert.Equal(2.0, kept.sum().ToDouble());
        kept.Dispose();
    }

    [Fact]
    public void DisposeEverythingBut_keeps_what_it_is_told()
    {
        using var scope = NewDisposeScope();
        var gone = zeros(1);
        var kept = zeros(1);

        scope.DisposeEverythingBut(kept);

        Assert.True(gone.IsInvalid);
        Assert.False(kept.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Moving_a_tensor_that_belongs_further_out_leaves_it_there()
    {
        using var outer = NewDisposeScope();
        var tensor = zeros(1);
        using (var middle = NewDisposeScope())
        using (var inner = NewDisposeScope())
        {
            inner.MoveToOuter(tensor);
            Assert.Equal(0, middle.DisposablesCount);
        }

        Assert.False(tensor.IsInvalid);
    }

    [Fact]
    public void Disposing_by_hand_leaves_nothing_behind_in_the_scope()
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < 100; i++)
        {
            zeros(1).Dispose();
        }

        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Scopes_belong_to_their_thread()
    {
        using var scope = NewDisposeScope();
        var seen = scope;
        var thread = new Thread(() => seen = CurrentDisposeScope);
        thread.Start();
        thread.Join();

        Assert.Null(seen);
    }

    [Fact]
    public void Parameters_buffers_and_optimizer_state_belong_to_no_scope()
    {
        nn.Module<Tensor, Tensor> model;
        Adam optimizer;
        using (NewDisposeScope())
        {
            model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2));
            optimizer = optim.Adam(model.parameters());
        }

        using (NewDisposeScope())
        {
            model.call(randn(4, 3)).sum().backward();
            optimizer.step();
        }

        Assert.Equal(1, model.state_dict()["1.num_batches_tracked"].ToInt64());
        optimizer.Dispose();
        model.Dispose();
    }

    [Fact]
    public void Forgotten_tensors_are_freed_by_the_collector()
    {
        var before = Tensor.TotalCount;
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.True(Tensor.TotalCount <= before + 1, $"{Tensor.TotalCount - before} tensors are left");

        static void Forget()
        {
            for (var i = 0; i < 50; i++)
            {
                zeros(1000);
            }
        }
    }
}
