using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Parameters, then persistent buffers, of this module and then of each submodule in turn, as in PyTorch.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (parameterName, parameter) in ownParameters.Items)
                {
                    destination.TryAdd(Join(prefix, parameterName), parameter);
                }

                foreach (var (bufferName, (tensor, persistent)) in ownBuffers.Items)
                {
                    if (persistent)
                    {
                        destination.TryAdd(Join(prefix, bufferName), tensor);
                    }
                }

                foreach (var (childName, child) in named_children())
                {
                    child.state_dict(destination, Join(prefix, childName));
                }

                return destination;
            }

            /// <summary>Copies the values of <paramref name="source"/> into this module's tensors.</summary>
            /// <exception cref="InvalidOperationException">Strict, and the names differ.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                var skipped = skip ?? [];
                var missing = own.Keys.Where(key => !source.ContainsKey(key) && !skipped.Contains(key)).ToList();
                var unexpected = source.Keys.Where(key => !own.ContainsKey(key) && !skipped.Contains(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The loaded state_dict is not identical to the target dictionary. Missing: [{string.Join(", ", missing)}]; unexpected: [{string.Join(", ", unexpected)}]");
                }

                using var noGrad = no_grad();
                foreach (var (key, target) in own)
                {
                    if (source.TryGetValue(key, out var value) && !skipped.Contains(key))
                    {
                        RequireSameShape(key, target, value);
                        target.copy_(value);
                    }
                }

                return (missing, unexpected);
            }

            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            /// <summary>TorchSharp's format: the number of entries, then each name and tensor.</summary>
            public virtual Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                var entries = state_dict().Where(entry => skip?.Contains(entry.Key) != true).ToList();
                writer.Encode(entries.Count);
                foreach (var (key, tensor) in entries)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }

                return this;
            }

            public Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <exception cref="ArgumentException">Strict, and an entry has no place here or a place has no entry.</exception>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var scope = NewDisposeScope();
                var source = new Dictionary<string, Tensor>();
                var count = reader.Decode();
                for (long i = 0; i < count; i++)
                {
                    source[reader.ReadString()] = TensorExtensionMethods.Load(reader);
                }

                var own = state_dict().Keys;
                if (strict && own.FirstOrDefault(key => !source.ContainsKey(key) && skip?.Contains(key) != true) is { } absent)
                {
                    throw new ArgumentException($"The file has no entry for '{absent}' of this model.");
                }

                if (strict && source.Keys.FirstOrDefault(key => !own.Contains(key) && skip?.Contains(key) != true) is { } extra)
                {
                    throw new ArgumentException($"Mismatched state_dict: the file's entry '{extra}' has no place in this model.");
                }

                load_state_dict(source, strict: false, skip);
                foreach (var key in own.Where(_ => loadedParameters is not null))
                {
                    loadedParameters![key] = source.ContainsKey(key) && skip?.Contains(key) != true;
                }

                return this;
            }

            private static void RequireSameShape(string key, Tensor target, Tensor value)
            {
                if (!target.shape.AsSpan().SequenceEqual(value.shape))
                {
                    throw new ArgumentException(
                        $"size mismatch for {key}: [{string.Join(", ", value.shape)}] in the source, [{string.Join(", ", target.shape)}] in this model.");
                }
            }

            private static string Join(string? prefix, string key) => string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}";
        }
    }
}
