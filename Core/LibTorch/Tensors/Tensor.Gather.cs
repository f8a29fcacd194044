using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor index_select(long dim, Tensor index) =>
            Check.Own(Native.ot_index_select(Handle, dim, index.Handle), this, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Check.Own(Native.ot_index_add(Handle, dim, index.Handle, source.Handle, alpha.Value), this, index, source);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Check.Same(Native.ot_index_add_(Handle, dim, index.Handle, source.Handle, alpha.Value), this, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            Check.Same(Native.ot_index_copy_(Handle, dim, index.Handle, source.Handle), this, index, source);

        public Tensor gather(long dim, Tensor index) => Check.Own(Native.ot_gather(Handle, dim, index.Handle), this, index);

        public Tensor take(Tensor index) => Check.Own(Native.ot_take(Handle, index.Handle), this, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            Check.Own(Native.ot_scatter(Handle, dim, index.Handle, src.Handle), this, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            Check.Same(Native.ot_scatter_(Handle, dim, index.Handle, src.Handle), this, index, src);

        public Tensor scatter_(long dim, Tensor index, Scalar value) =>
            Check.Same(Native.ot_scatter_value_(Handle, dim, index.Handle, value.Value), this, index);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) =>
            Check.Own(Native.ot_scatter_add(Handle, dim, index.Handle, src.Handle), this, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) =>
            Check.Same(Native.ot_scatter_add_(Handle, dim, index.Handle, src.Handle), this, index, src);

        public Tensor masked_select(Tensor mask) => Check.Own(Native.ot_masked_select(Handle, mask.Handle), this, mask);

        public Tensor nonzero() => Check.Own(Native.ot_nonzero(Handle), this);
    }
}
