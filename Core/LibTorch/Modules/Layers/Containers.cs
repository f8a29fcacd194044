using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules one after another. Each intermediate result is let go as soon as the next module has it.</summary>
public class Sequential : nn.Module<Tensor, Tensor>, IReadOnlyList<nn.Module<Tensor, Tensor>>
{
    private readonly List<nn.Module<Tensor, Tensor>> stages = [];

    protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules)
        {
            append(name, module);
        }
    }

    public int Count => stages.Count;

    public nn.Module<Tensor, Tensor> this[int index] => stages[index];

    public Sequential append(nn.Module<Tensor, Tensor> module) =>
        append(stages.Count.ToString(CultureInfo.InvariantCulture), module);

    public Sequential append(string name, nn.Module<Tensor, Tensor> module)
    {
        register_module(name, module);
        stages.Add(module);
        return this;
    }

    public override Tensor forward(Tensor input)
    {
        if (stages.Count == 0)
        {
            return input.alias();
        }

        using var scope = NewDisposeScope();
        var result = stages[0].call(input);
        for (var i = 1; i < stages.Count; i++)
        {
            var next = stages[i].call(result);
            if (!ReferenceEquals(next, result) && ReferenceEquals(result.Scope, scope))
            {
                result.Dispose();
            }

            result = next;
        }

        return scope.MoveToOuter(result);
    }

    public IEnumerator<nn.Module<Tensor, Tensor>> GetEnumerator() => stages.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A list whose modules are registered under their positions.</summary>
public sealed class ModuleList<T> : nn.Module, IReadOnlyList<T>
    where T : nn.Module
{
    private readonly List<T> list = [];

    internal ModuleList(params T[] modules)
        : base(nameof(ModuleList<>))
    {
        foreach (var module in modules)
        {
            Add(module);
        }
    }

    public int Count => list.Count;

    public T this[int index] => list[index];

    public void Add(T item)
    {
        register_module(list.Count.ToString(CultureInfo.InvariantCulture), item);
        list.Add(item);
    }

    public void append(T module) => Add(module);

    public IEnumerator<T> GetEnumerator() => list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Modules under names, in the order they were added.</summary>
public sealed class ModuleDict<T> : nn.Module, IEnumerable<(string, T)>
    where T : nn.Module
{
    private readonly OrderedMembers<T> members = new();

    internal ModuleDict(params (string, T)[] modules)
        : base(nameof(ModuleDict<>))
    {
        foreach (var (key, module) in modules)
        {
            Add(key, module);
        }
    }

    public int Count => members.Items.Count;

    public IEnumerable<string> Keys => members.Items.Select(item => item.name);

    public IEnumerable<T> Values => members.Items.Select(item => item.value);

    public T this[string key]
    {
        get => members.TryGet(key, out var module) ? module : throw new KeyNotFoundException($"No module is named '{key}'.");
        set => Add(key, value);
    }

    public bool ContainsKey(string key) => members.TryGet(key, out _);

    public void Add(string key, T module)
    {
        register_module(key, module);
        members.Set(key, module);
    }

    public IEnumerator<(string, T)> GetEnumerator() => members.Items.Select(item => (item.name, item.value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
