using System;
using System.Linq;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public long[] shape
        {
            get
            {
                var result = new long[Native.ot_dim(Handle)];
                fixed (long* target = result)
                {
                    Check.Done(Native.ot_sizes(Handle, target), this);
                }

                return result;
            }
        }

        public long[] stride()
        {
            var result = new long[Native.ot_dim(Handle)];
            fixed (long* target = result)
            {
                Check.Done(Native.ot_strides(Handle, target), this);
            }

            return result;
        }

        public long stride(long dim) => stride()[dim < 0 ? dim + Dimensions : dim];

        public long size(int dim) => shape[dim < 0 ? dim + Dimensions : dim];

        public long[] size() => shape;

        public long Dimensions => Kept(Native.ot_dim(Handle));

        public long ndim => Dimensions;

        public long dim() => Dimensions;

        public long NumberOfElements => Kept(Native.ot_numel(Handle));

        public long numel() => NumberOfElements;

        public long ElementSize => Kept(Native.ot_element_size(Handle));

        public long element_size() => ElementSize;

        public ScalarType dtype => (ScalarType)Kept(Native.ot_dtype(Handle));

        public DeviceType device_type => (DeviceType)Kept(Native.ot_device_type(Handle));

        public int device_index => (int)Kept(Native.ot_device_index(Handle));

        public Device device => device_type == DeviceType.CPU ? CPU : new Device(device_type, device_index);

        public bool is_cpu => device_type == DeviceType.CPU;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_contiguous() => Kept(Native.ot_is_contiguous(Handle)) != 0;

        public bool is_floating_point() =>
            dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

        public bool is_leaf => Kept(Native.ot_is_leaf(Handle)) != 0;

        public bool requires_grad
        {
            get => Kept(Native.ot_requires_grad(Handle)) != 0;
            set => Check.Done(Native.ot_set_requires_grad(Handle, value ? 1 : 0), this);
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>The accumulated gradient; null before the first backward pass.</summary>
        public Tensor? grad
        {
            get
            {
                nint result;
                Check.Done(Native.ot_grad(Handle, &result), this);
                return result == 0 ? null : new Tensor(result);
            }
            set => Check.Done(Native.ot_set_grad(Handle, value?.Handle ?? 0), this, value);
        }

        public void retain_grad() => Check.Done(Native.ot_retain_grad(Handle), this);

        /// <summary>The bytes of a contiguous CPU tensor, without a copy.</summary>
        public Span<byte> bytes
        {
            get => new(DataPointer(), checked((int)(NumberOfElements * ElementSize)));
            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                {
                    throw new ArgumentException($"The tensor holds {target.Length} bytes, {value.Length} were given.", nameof(value));
                }

                value.CopyTo(target);
            }
        }

        public override string ToString() =>
            handle == 0 ? "[disposed]" : $"[{string.Join("x", shape.Select(n => n))}], type = {dtype}, device = {device}";

        /// <summary>The address of the first element of a contiguous CPU tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor is elsewhere or not contiguous.</exception>
        internal void* DataPointer()
        {
            if (!is_cpu)
            {
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            }

            if (!is_contiguous())
            {
                throw new InvalidOperationException("The tensor is not contiguous. Call contiguous() before reading its memory.");
            }

            nint pointer;
            Check.Done(Native.ot_data_pointer(Handle, &pointer), this);
            return (void*)pointer;
        }

        private long Kept(long value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }
}
