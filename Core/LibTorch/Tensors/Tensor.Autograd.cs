using System;
using System.Collections.Generic;
using System.Linq;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>Adds the gradients of this scalar to the leaves it was made from.</summary>
        public void backward()
        {
            var handle = Handle;
            Check.Done(Native.ot_backward(&handle, 1, null, 0, 0, 0, null, 0), this);
        }

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var handle = Handle;
            var gradients = Check.Handles(grad_tensors?.ToArray());
            var leaves = Check.Handles(inputs?.ToArray());
            fixed (nint* gradientList = gradients, leafList = leaves)
            {
                Check.Done(
                    Native.ot_backward(&handle, 1, gradientList, gradients.Length, Flag(retain_graph), Flag(create_graph), leafList, leaves.Length),
                    this,
                    grad_tensors,
                    inputs);
            }
        }

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Check.Same(Native.ot_normal_(Handle, mean, std, generator.HandleOrDefault()), this, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Check.Same(Native.ot_uniform_(Handle, from, to, generator.HandleOrDefault()), this, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Check.Same(Native.ot_bernoulli_(Handle, p, generator.HandleOrDefault()), this, generator);

        public Tensor exponential_(double lambd = 1.0, Generator? generator = null) =>
            Check.Same(Native.ot_exponential_(Handle, lambd, generator.HandleOrDefault()), this, generator);

        public Tensor bernoulli(Generator? generator = null) => torch.bernoulli(this, generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            torch.multinomial(this, num_samples, replacement, generator);

        public Tensor new_zeros(params long[] size) => zeros(size, dtype, device);

        public Tensor new_ones(params long[] size) => ones(size, dtype, device);
    }

    public static class autograd
    {
        /// <summary>Gradients of the outputs with respect to the inputs; null where unused and allowed.</summary>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var outputHandles = Check.Handles(outputs.ToArray());
            var inputHandles = Check.Handles(inputs.ToArray());
            var gradients = Check.Handles(grad_outputs?.ToArray());
            var result = new nint[inputs.Count];
            fixed (nint* outputList = outputHandles, inputList = inputHandles, gradientList = gradients, resultList = result)
            {
                Check.Done(
                    Native.ot_autograd_grad(outputList, outputHandles.Length, inputList, inputHandles.Length, gradientList, gradients.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, resultList),
                    outputs,
                    inputs,
                    grad_outputs);
            }

            return result.Select(handle => handle == 0 ? null! : new Tensor(handle)).ToList();
        }

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);
    }

    /// <summary>Restores the earlier anomaly mode when disposed.</summary>
    public sealed class AnomalyMode : IDisposable
    {
        private readonly int enabled = Native.ot_anomaly_enabled();
        private readonly int checkNan = Native.ot_anomaly_check_nan();

        internal AnomalyMode(bool mode, bool check_nan) => Native.ot_set_anomaly(mode ? 1 : 0, check_nan ? 1 : 0);

        public void Dispose() => Native.ot_set_anomaly(enabled, checkNan);
    }

    public static IDisposable no_grad() => new GradientMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    public static bool is_grad_enabled() => Native.ot_grad_mode_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.ot_inference_mode_enabled() != 0;

    private sealed class GradientMode : IDisposable
    {
        private readonly int before = Native.ot_grad_mode_enabled();

        internal GradientMode(bool enabled) => Native.ot_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => Native.ot_set_grad_mode(before);
    }

    private sealed class InferenceMode : IDisposable
    {
        private nint guard;

        internal unsafe InferenceMode(bool mode)
        {
            nint made;
            Check.Done(Native.ot_inference_mode_enter(mode ? 1 : 0, &made));
            guard = made;
        }

        public void Dispose()
        {
            if (guard != 0)
            {
                Native.ot_inference_mode_leave(guard);
                guard = 0;
            }
        }
    }
}
