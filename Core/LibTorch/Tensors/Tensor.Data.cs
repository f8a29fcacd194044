using System;
using Orchestrator.LibTorch.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>Element access to a CPU tensor.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's element type.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ElementTypes.Require<T>(dtype);
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only element. Waits for the device.</summary>
        public T item<T>()
            where T : unmanaged
        {
            ElementTypes.Require<T>(dtype);
            if (NumberOfElements != 1)
            {
                throw new InvalidOperationException($"Number of elements in the tensor must be 1, not {NumberOfElements}.");
            }

            if (is_cpu && is_contiguous())
            {
                var value = *(T*)DataPointer();
                GC.KeepAlive(this);
                return value;
            }

            using var host = to(CPU).contiguous();
            return *(T*)host.DataPointer();
        }

        internal double ToNumber()
        {
            double value;
            Check.Done(Native.ot_item_double(Handle, &value), this);
            return value;
        }

        internal long ToInteger()
        {
            long value;
            Check.Done(Native.ot_item_int64(Handle, &value), this);
            return value;
        }

        internal bool ToTruth()
        {
            int value;
            Check.Done(Native.ot_item_bool(Handle, &value), this);
            return value != 0;
        }

        public Tensor detach() => Check.Own(Native.ot_detach(Handle), this);

        public Tensor detach_() => Check.Same(Native.ot_detach_(Handle), this);

        public Tensor clone() => Check.Own(Native.ot_clone(Handle), this);

        public Tensor contiguous() => Check.Own(Native.ot_contiguous(Handle), this);

        /// <summary>Another handle to the same native tensor.</summary>
        public Tensor alias() => Check.Own(Native.ot_alias_handle(Handle), this);

        public Tensor pin_memory() => Check.Own(Native.ot_pin_memory(Handle), this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            Check.Same(Native.ot_copy_(Handle, source.Handle, nonBlocking ? 1 : 0), this, source);

        public Tensor set_(Tensor source)
        {
            Check.Done(Native.ot_set_data(Handle, source.Handle), this, source);
            return this;
        }

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(new TensorSpec(type, device), copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(new TensorSpec(null, device), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(new TensorSpec(type, null), copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(new TensorSpec(other.dtype, other.device), copy, disposeAfter, non_blocking);

        public Tensor type(ScalarType type) => to(type);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor @float() => to(ScalarType.Float32);

        public Tensor @double() => to(ScalarType.Float64);

        public Tensor @long() => to(ScalarType.Int64);

        public Tensor @int() => to(ScalarType.Int32);

        public Tensor @byte() => to(ScalarType.Byte);

        public Tensor @bool() => to(ScalarType.Bool);

        public Tensor half() => to(ScalarType.Float16);

        public Tensor bfloat16() => to(ScalarType.BFloat16);

        private Tensor Convert(TensorSpec spec, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var result = Check.Own(Native.ot_to(Handle, spec, copy ? 1 : 0, nonBlocking ? 1 : 0), this);
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }
    }
}
