using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all optimizers share: groups, state per parameter, and both on file.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly List<OptimizerState> states = [];
    private readonly OptimizerOptions defaults;

    private protected OptimizerHelper(IEnumerable<ParamGroup> parameters, OptimizerOptions defaults)
    {
        this.defaults = defaults;
        foreach (var group in parameters)
        {
            add_param_group(group);
        }
    }

    private protected static IEnumerable<ParamGroup> Single(IEnumerable<Parameter> parameters) => [new ParamGroup(parameters)];

    public override void add_param_group(ParamGroup param_group)
    {
        if (param_group.Options is null)
        {
            param_group.Options = defaults.Clone();
        }
        else
        {
            param_group.Options.LearningRate ??= defaults.LearningRate;
        }

        if (param_group.Options.InitialLearningRate == 0)
        {
            param_group.Options.InitialLearningRate = param_group.LearningRate;
        }

        AddGroup(param_group);
        states.AddRange(param_group.Members.Select(parameter => NewState(parameter, param_group.Options)));
    }

    public override Tensor step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using (enable_grad())
            {
                loss = closure();
            }
        }

        var first = 0;
        foreach (var group in Groups)
        {
            Step(group, first);
            first += group.Members.Length;
        }

        return loss!;
    }

    /// <summary>Options and state themselves, not copies: they change with the optimizer's steps, and it with them.</summary>
    public virtual StateDictionary state_dict() => new([.. Groups.Select(group => group.Options)], [.. states]);

    public void load_state_dict(StateDictionary state_dict)
    {
        RequireSame("parameter groups", Groups.Count, state_dict.Options.Count);
        RequireSame("parameters", states.Count, state_dict.State.Count);
        for (var i = 0; i < Groups.Count; i++)
        {
            Groups[i].Options.LoadStateDict(state_dict.Options[i]);
        }

        for (var i = 0; i < states.Count; i++)
        {
            states[i].LoadStateDict(state_dict.State[i]);
        }
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        writer.Encode(Groups.Count);
        writer.Encode(states.Count);
        foreach (var group in Groups)
        {
            group.Options.SaveStateDict(writer);
        }

        foreach (var state in states)
        {
            state.SaveStateDict(writer);
        }
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    /// <exception cref="InvalidDataException">The state is of another kind of optimizer.</exception>
    /// <exception cref="ArgumentException">The state is for other parameters.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        var kind = reader.ReadString();
        if (kind != GetType().Name)
        {
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{kind}' in the loaded stream.");
        }

        RequireSame("parameter groups", Groups.Count, reader.Decode());
        RequireSame("parameters", states.Count, reader.Decode());
        foreach (var group in Groups)
        {
            group.Options.LoadStateDict(reader);
        }

        foreach (var state in states)
        {
            state.LoadStateDict(reader);
        }
    }

    private protected IReadOnlyList<OptimizerState> States => states;

    private protected abstract OptimizerState NewState(Parameter parameter, OptimizerOptions options);

    /// <summary>One native call over the group's parameters, whose states begin at <paramref name="firstState"/>.</summary>
    private protected abstract void Step(ParamGroup group, int firstState);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in states)
            {
                state.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private static void RequireSame(string what, long own, long loaded)
    {
        if (own != loaded)
        {
            throw new ArgumentException($"The loaded state has {loaded} {what}, this optimizer {own}.");
        }
    }
}
