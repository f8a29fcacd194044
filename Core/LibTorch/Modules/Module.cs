using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Base of all layers and models: named parameters, buffers and submodules.</summary>
        public abstract partial class Module : IDisposable
        {
            private readonly OrderedMembers<Module> submodules = new();
            private readonly OrderedMembers<Parameter> ownParameters = new();
            private readonly OrderedMembers<(Tensor tensor, bool persistent)> ownBuffers = new();
            private readonly string name;
            private bool registered;
            private bool disposed;

            protected Module(string name)
            {
                this.name = string.IsNullOrEmpty(name) ? GetType().Name : name;
                training = true;
            }

            public bool training { get; protected set; }

            public virtual string GetName() => name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in children())
                {
                    child.train(train);
                }
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children())
                {
                    child.apply(fn);
                }

                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true) => Gradients.Clear(parameters().ToArray(), set_to_none);

            public Module requires_grad_(bool requires_grad = true)
            {
                foreach (var parameter in parameters())
                {
                    parameter.requires_grad = requires_grad;
                }

                return this;
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => submodules.Items;

            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (childName, child) in named_children())
                {
                    yield return (childName, child);
                    foreach (var (inner, module) in child.named_modules())
                    {
                        yield return ($"{childName}.{inner}", module);
                    }
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module).Prepend(this);

            /// <summary>Each parameter once, under its first name, in order of registration.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                return AllParameters(recurse).Where(entry => seen.Add(entry.parameter));
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(entry => entry.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (bufferName, (tensor, persistent)) in ownBuffers.Items)
                {
                    if (persistent || include_nonpersistent)
                    {
                        yield return (bufferName, tensor);
                    }
                }

                if (!recurse)
                {
                    yield break;
                }

                foreach (var (childName, child) in named_children())
                {
                    foreach (var (inner, buffer) in child.named_buffers(true, include_nonpersistent))
                    {
                        yield return ($"{childName}.{inner}", buffer);
                    }
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true) =>
                named_buffers(recurse).Select(entry => entry.buffer);

            public virtual bool has_parameter(string target) => named_parameters().Any(entry => entry.name == target);

            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(entry => entry.name == target).parameter;

            public virtual Tensor? get_buffer(string target) =>
                named_buffers().FirstOrDefault(entry => entry.name == target).buffer;

            protected (string, Tensor)[] _named_buffers() => named_buffers(recurse: false).ToArray();

            protected (string, Parameter)[] _named_parameters() => ownParameters.Items.ToArray();

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || disposed)
                {
                    return;
                }

                disposed = true;
                foreach (var (_, parameter) in ownParameters.Items)
                {
                    // A shared parameter may have gone with another module.
                    if (!parameter.IsInvalid)
                    {
                        parameter.grad = null;
                        parameter.Dispose();
                    }
                }

                foreach (var (_, (tensor, _)) in ownBuffers.Items)
                {
                    tensor.Dispose();
                }

                foreach (var child in children())
                {
                    child.Dispose();
                }
            }

            private IEnumerable<(string name, Parameter parameter)> AllParameters(bool recurse)
            {
                foreach (var own in ownParameters.Items)
                {
                    yield return own;
                }

                if (!recurse)
                {
                    yield break;
                }

                foreach (var (childName, child) in named_children())
                {
                    foreach (var (inner, parameter) in child.AllParameters(true))
                    {
                        yield return ($"{childName}.{inner}", parameter);
                    }
                }
            }
        }
    }
}
