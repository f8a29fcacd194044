using System;
using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Owns the tensors made while it is the innermost open scope of its thread, and disposes them together. Each tensor
/// remembers its slot here, so that entering and leaving cost no hashing and no search.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly List<IDisposable?> items = [];
    private bool closed;

    internal DisposeScope(DisposeScope? outer) => Outer = outer;

    internal DisposeScope? Outer { get; set; }

    /// <summary>How many objects the scope would dispose now.</summary>
    public int DisposablesCount { get; private set; }

    /// <summary>Takes an object from whichever scope has it.</summary>
    public void Attach(IDisposable disposable)
    {
        switch (disposable)
        {
            case null:
                return;
            case Tensor tensor when ReferenceEquals(tensor.Scope, this):
                return;
            case Tensor tensor:
                tensor.Scope?.Forget(tensor);
                Add(tensor);
                return;
            default:
                items.Add(disposable);
                DisposablesCount++;
                return;
        }
    }

    public void Attach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            Attach(disposable);
        }
    }

    /// <summary>Gives an object up: no scope disposes it any more.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        if (disposable is Tensor tensor)
        {
            if (ReferenceEquals(tensor.Scope, this))
            {
                Forget(tensor);
                tensor.LeaveScope();
            }
        }
        else
        {
            ForgetOther(disposable);
        }

        return disposable;
    }

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables.ToArray())
        {
            Detach(disposable);
        }
    }

    /// <summary>Hands an object to the enclosing scope, or to none when this is the outermost.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        switch (disposable)
        {
            case Tensor tensor when !ReferenceEquals(tensor.Scope, this):
                return disposable;
            case Tensor tensor when Outer is not null:
                // Straight into the other scope: between the two the garbage collector would be told of it and told to forget it.
                Forget(tensor);
                Outer.Add(tensor);
                return disposable;
            default:
                Detach(disposable);
                Outer?.Attach(disposable);
                return disposable;
        }
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables.ToArray())
        {
            MoveToOuter(disposable);
        }
    }

    /// <summary>Disposes what the scope owns and stays open.</summary>
    public void DisposeEverything() => DisposeAllExcept([]);

    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeAllExcept([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        DisposeAllExcept([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        DisposeAllExcept([first, second, third]);
        return (first, second, third);
    }

    public void DisposeEverythingBut(IEnumerable<IDisposable> keep) => DisposeAllExcept(keep.ToArray());

    /// <summary>Disposes what the scope owns and closes it.</summary>
    public void Dispose()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        DisposeEverything();
        DisposeScopeManager.Close(this);
    }

    internal void Add(Tensor tensor)
    {
        tensor.EnterScope(this, items.Count);
        items.Add(tensor);
        DisposablesCount++;
    }

    internal void Forget(Tensor tensor)
    {
        if (tensor.ScopeSlot < items.Count && ReferenceEquals(items[tensor.ScopeSlot], tensor))
        {
            items[tensor.ScopeSlot] = null;
            DisposablesCount--;
            TrimEmptyEnd();
        }
    }

    private void ForgetOther(IDisposable disposable)
    {
        var slot = items.FindLastIndex(item => ReferenceEquals(item, disposable));
        if (slot >= 0)
        {
            items[slot] = null;
            DisposablesCount--;
            TrimEmptyEnd();
        }
    }

    // A long-lived scope whose tensors are disposed by hand must not grow.
    private void TrimEmptyEnd()
    {
        while (items.Count > 0 && items[^1] is null)
        {
            items.RemoveAt(items.Count - 1);
        }
    }

    private void DisposeAllExcept(ReadOnlySpan<IDisposable> keep)
    {
        var owned = items.ToArray();
        items.Clear();
        DisposablesCount = 0;
        foreach (var item in owned)
        {
            switch (item)
            {
                case null:
                    break;
                case Tensor tensor when Contains(keep, tensor):
                    Add(tensor);
                    break;
                case Tensor tensor:
                    tensor.DisposeByScope();
                    break;
                case { } other when Contains(keep, other):
                    items.Add(other);
                    DisposablesCount++;
                    break;
                default:
                    item.Dispose();
                    break;
            }
        }
    }

    private static bool Contains(ReadOnlySpan<IDisposable> set, IDisposable item)
    {
        foreach (var candidate in set)
        {
            if (ReferenceEquals(candidate, item))
            {
                return true;
            }
        }

        return false;
    }
}
