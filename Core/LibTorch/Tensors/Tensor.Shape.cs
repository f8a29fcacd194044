using System;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        private delegate nint SizesCall(nint tensor, long* sizes, int count);

        private static readonly SizesCall View = Native.ot_view, Reshape = Native.ot_reshape, Permute = Native.ot_permute,
            Expand = Native.ot_expand, Broadcast = Native.ot_broadcast_to, Repeat = Native.ot_repeat, Tile = Native.ot_tile,
            Flip = Native.ot_flip;

        public Tensor view(params long[] shape) => With(View, shape);

        public Tensor view_as(Tensor other) => Check.Own(Native.ot_view_as(Handle, other.Handle), this, other);

        public Tensor reshape(params long[] shape) => With(Reshape, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Check.Own(Native.ot_flatten(Handle, start_dim, end_dim), this);

        public Tensor unflatten(long dim, params long[] sizes)
        {
            fixed (long* list = sizes)
            {
                return Check.Own(Native.ot_unflatten(Handle, dim, list, sizes.Length), this);
            }
        }

        public Tensor unsqueeze(long dim) => Check.Own(Native.ot_unsqueeze(Handle, dim), this);

        public Tensor squeeze(long? dim = null) =>
            Check.Own(dim is { } d ? Native.ot_squeeze_dim(Handle, d) : Native.ot_squeeze(Handle), this);

        public Tensor permute(params long[] permutation) => With(Permute, permutation);

        public Tensor transpose(long dim0, long dim1) => Check.Own(Native.ot_transpose(Handle, dim0, dim1), this);

        public Tensor t() => Check.Own(Native.ot_t(Handle), this);

        public Tensor T => t();

        public Tensor mT => transpose(-2, -1);

        public Tensor expand(params long[] sizes) => With(Expand, sizes);

        public Tensor expand_as(Tensor other) => With(Expand, other.shape);

        public Tensor broadcast_to(params long[] shape) => With(Broadcast, shape);

        public Tensor repeat(params long[] sizes) => With(Repeat, sizes);

        public Tensor tile(params long[] reps) => With(Tile, reps);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Check.Own(Native.ot_repeat_interleave(Handle, repeats, dim ?? 0, Flag(dim is not null)), this);

        public Tensor flip(params long[] dims) => With(Flip, dims);

        public Tensor roll(long shifts, long dims) => roll([shifts], [dims]);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default)
        {
            fixed (long* shiftList = shifts, dimList = dims)
            {
                return Check.Own(Native.ot_roll(Handle, shiftList, shifts.Length, dimList, dims.Length), this);
            }
        }

        public Tensor narrow(long dim, long start, long length) => Check.Own(Native.ot_narrow(Handle, dim, start, length), this);

        public Tensor select(long dim, long index) => Check.Own(Native.ot_select(Handle, dim, index), this);

        public Tensor slice(long dim, long start, long finish, long step) =>
            Check.Own(Native.ot_slice(Handle, dim, start, finish, step), this);

        public Tensor diag(long diagonal = 0) => Check.Own(Native.ot_diag(Handle, diagonal), this);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) =>
            Check.Own(Native.ot_diagonal(Handle, offset, dim1, dim2), this);

        public Tensor tril(long diagonal = 0) => Check.Own(Native.ot_tril(Handle, diagonal), this);

        public Tensor triu(long diagonal = 0) => Check.Own(Native.ot_triu(Handle, diagonal), this);

        public Tensor unfold(long dimension, long size, long step) =>
            Check.Own(Native.ot_unfold(Handle, dimension, size, step), this);

        public Tensor[] chunk(long chunks, long dim = 0)
        {
            // Never more parts than asked for.
            var parts = new nint[chunks];
            int count;
            fixed (nint* list = parts)
            {
                Check.Done(Native.ot_chunk(Handle, chunks, dim, list, parts.Length, &count), this);
            }

            return Check.OwnAll(parts.AsSpan(0, count));
        }

        public Tensor[] split(long size, long dim = 0)
        {
            var extent = shape[dim < 0 ? dim + Dimensions : dim];
            var parts = new nint[size > 0 ? Math.Max(1, (extent + size - 1) / size) : 1];
            int count;
            fixed (nint* list = parts)
            {
                Check.Done(Native.ot_split(Handle, size, dim, list, parts.Length, &count), this);
            }

            return Check.OwnAll(parts.AsSpan(0, count));
        }

        public Tensor[] split(long[] sizes, long dim = 0)
        {
            var parts = new nint[sizes.Length];
            fixed (long* sizeList = sizes)
            fixed (nint* list = parts)
            {
                Check.Done(Native.ot_split_sizes(Handle, sizeList, sizes.Length, dim, list), this);
            }

            return Check.OwnAll(parts);
        }

        public Tensor[] unbind(int dim = 0)
        {
            var parts = new nint[shape[dim < 0 ? dim + Dimensions : dim]];
            fixed (nint* list = parts)
            {
                Check.Done(Native.ot_unbind(Handle, dim, list), this);
            }

            return Check.OwnAll(parts);
        }

        private Tensor With(SizesCall call, long[] sizes)
        {
            fixed (long* list = sizes)
            {
                return Check.Own(call(Handle, list, sizes.Length), this);
            }
        }
    }
}
