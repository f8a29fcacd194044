using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Changes parameters along their gradients, by groups with options of their own.</summary>
        public abstract class Optimizer : IDisposable
        {
            private readonly List<ParamGroup> groups = [];

            private protected Optimizer()
            {
            }

            public virtual IEnumerable<ILearningRateController> ParamGroups => groups;

            private protected IReadOnlyList<ParamGroup> Groups => groups;

            public virtual IEnumerable<Parameter> parameters() => groups.SelectMany(group => group.Parameters);

            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>One step over all groups; with a closure, the closure computes the loss first.</summary>
            public abstract Tensor step(Func<Tensor>? closure = null);

            public virtual void zero_grad() => zero_grad(true);

            public virtual void zero_grad(bool set_to_none)
            {
                foreach (var group in groups)
                {
                    Gradients.Clear(group.Members, set_to_none);
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
            }

            private protected void AddGroup(ParamGroup group) => groups.Add(group);

            /// <summary>Options per group and state per parameter, in order.</summary>
            public class StateDictionary
            {
                internal StateDictionary(List<OptimizerOptions> options, List<OptimizerState> state) => (Options, State) = (options, state);

                public List<OptimizerOptions> Options { get; }

                public List<OptimizerState> State { get; }
            }
        }
    }
}
