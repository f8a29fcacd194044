using System;
using System.Collections.Generic;
using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            public virtual void register_module(string name, Module submodule)
            {
                if (name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"module name can't contain \".\", got '{name}'", nameof(name));
                }

                submodules.Set(name, submodule);
            }

            public virtual void add_module(string name, Module submodule) => register_module(name, submodule);

            public virtual void register_parameter(string name, Parameter param) => ownParameters.Set(name, param);

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                tensor.DetachFromDisposeScope();
                ownBuffers.Set(name, (tensor, persistent));
            }

            /// <summary>
            /// Registers the fields of this object that are modules, parameters or tensors, base classes first, each
            /// under its field's name.
            /// </summary>
            protected void RegisterComponents()
            {
                if (registered)
                {
                    return;
                }

                registered = true;
                foreach (var field in ComponentFields(GetType()))
                {
                    var component = field.GetValue(this);
                    var fieldName = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    switch (component)
                    {
                        case Module module:
                            register_module(fieldName, module);
                            break;
                        case Parameter parameter:
                            register_parameter(fieldName, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(fieldName, tensor);
                            break;
                    }
                }
            }

            private static IEnumerable<FieldInfo> ComponentFields(Type type)
            {
                var chain = new Stack<Type>();
                for (var level = type; level != null && level != typeof(Module); level = level.BaseType)
                {
                    chain.Push(level);
                }

                const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                foreach (var level in chain)
                {
                    foreach (var field in level.GetFields(Declared))
                    {
                        yield return field;
                    }
                }
            }
        }
    }
}
