using System;
using System.Threading;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array of libtorch. Owned by the dispose scope it was made in; outside any scope by the garbage
    /// collector, which is told of its native bytes.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long liveCount;

        private nint handle;
        private TensorReclaimer? reclaimer;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            Interlocked.Increment(ref liveCount);
            if (DisposeScopeManager.Current is { } scope)
            {
                scope.Add(this);
            }
            else
            {
                reclaimer = new TensorReclaimer(handle);
            }
        }

        /// <summary>How many tensors are alive in this process.</summary>
        public static long TotalCount => Interlocked.Read(ref liveCount);

        /// <summary>The native tensor.</summary>
        /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
        public IntPtr Handle => handle != 0 ? handle : throw Disposed();

        public bool IsInvalid => handle == 0;

        /// <summary>The scope that will dispose the tensor, and the place it has there.</summary>
        internal DisposeScope? Scope { get; private set; }

        internal int ScopeSlot { get; private set; }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0)
            {
                return;
            }

            var old = Decouple();
            Native.ot_tensor_free(old);
        }

        /// <summary>Gives the native tensor up to the caller; this object is as good as disposed.</summary>
        internal nint Decouple()
        {
            var old = Handle;
            Scope?.Forget(this);
            ReleaseReclaimer();
            handle = 0;
            Interlocked.Decrement(ref liveCount);
            return old;
        }

        /// <summary>Takes another tensor's native part in place of the own one: how a buffer moves to another device.</summary>
        internal void Replace(Tensor source)
        {
            var old = Handle;
            handle = source.Decouple();
            if (reclaimer is not null)
            {
                reclaimer.Dispose();
                reclaimer = new TensorReclaimer(handle);
            }

            Native.ot_tensor_free(old);
        }

        internal void EnterScope(DisposeScope scope, int slot)
        {
            Scope = scope;
            ScopeSlot = slot;
            ReleaseReclaimer();
        }

        /// <summary>Belongs to no scope from here on; the garbage collector takes over.</summary>
        internal void LeaveScope()
        {
            Scope = null;
            reclaimer ??= new TensorReclaimer(handle);
        }

        /// <summary>The scope disposes this tensor: no bookkeeping on either side is needed any more.</summary>
        internal void DisposeByScope()
        {
            Scope = null;
            Dispose();
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Hands the tensor to a scope other than the one it is in.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope scope)
        {
            scope.Attach(this);
            return this;
        }

        internal static void CountReclaimed() => Interlocked.Decrement(ref liveCount);

        private void ReleaseReclaimer()
        {
            reclaimer?.Dispose();
            reclaimer = null;
        }

        private static ObjectDisposedException Disposed() =>
            new(nameof(Tensor), "The tensor was disposed, by its scope or by hand. Move it to an outer scope to keep it.");
    }
}
