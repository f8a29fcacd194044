using System;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with its own seed and state.</summary>
    public unsafe class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            nint made;
            Check.Done(Native.ot_generator_new((int)this.device.type, this.device.index, seed, &made));
            handle = made;
        }

        private Generator(nint handle, Device device) => (this.handle, this.device) = (handle, device);

        ~Generator() => Dispose(false);

        /// <summary>The process-wide generator of the CPU.</summary>
        public static Generator Default => DefaultOf(CPU);

        public Device device { get; }

        internal nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator));

        internal static Generator DefaultOf(Device device)
        {
            nint made;
            Check.Done(Native.ot_generator_default((int)device.type, device.index, &made));
            return new Generator(made, device);
        }

        public Tensor get_state() => Check.Own(Native.ot_generator_get_state(Handle), this);

        public void set_state(Tensor value) => Check.Done(Native.ot_generator_set_state(Handle, value.Handle), this, value);

        public Generator manual_seed(long seed)
        {
            Check.Done(Native.ot_generator_manual_seed(Handle, unchecked((ulong)seed)), this);
            return this;
        }

        public long seed()
        {
            ulong value;
            Check.Done(Native.ot_generator_seed(Handle, &value), this);
            return unchecked((long)value);
        }

        public long initial_seed()
        {
            ulong value;
            Check.Done(Native.ot_generator_initial_seed(Handle, &value), this);
            return unchecked((long)value);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle != 0)
            {
                Native.ot_generator_free(handle);
                handle = 0;
            }
        }
    }

    /// <summary>Zero means the device's default generator.</summary>
    internal static nint HandleOrDefault(this Generator? generator) => generator?.Handle ?? 0;

    /// <summary>Seeds the default generators of the CPU and of every CUDA device.</summary>
    public static Generator manual_seed(long seed)
    {
        Check.Done(Native.ot_manual_seed(unchecked((ulong)seed)));
        return Generator.Default;
    }

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }
    }
}
