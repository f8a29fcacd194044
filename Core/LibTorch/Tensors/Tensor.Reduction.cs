using System;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        private delegate nint DimensionsCall(nint tensor, long* dims, int count, int keepdim);

        public Tensor sum(ScalarType? type = null) => Check.Own(Native.ot_sum(Handle, Code(type)), this);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => SumOver([dim], keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => SumOver(dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => SumOver(dim, keepdim, type);

        public Tensor mean() => Check.Own(Native.ot_mean(Handle, -1), this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* list = dimensions)
            {
                return Check.Own(Native.ot_mean_dim(Handle, list, dimensions.Length, Flag(keepdim), Code(type)), this);
            }
        }

        public Tensor prod(ScalarType? type = null) => Check.Own(Native.ot_prod(Handle, Code(type)), this);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) =>
            Check.Own(Native.ot_prod_dim(Handle, dim, Flag(keepdim), Code(type)), this);

        public Tensor var(bool unbiased = true) => Check.Own(Native.ot_var(Handle, null, -1, Flag(unbiased), 0), this);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var converted = Converted(type);
            fixed (long* list = dimensions)
            {
                return Check.Own(Native.ot_var((converted ?? this).Handle, list, dimensions.Length, Flag(unbiased), Flag(keepdim)), this);
            }
        }

        public Tensor std(bool unbiased = true) => Check.Own(Native.ot_std(Handle, null, -1, Flag(unbiased), 0), this);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var converted = Converted(type);
            fixed (long* list = dimensions)
            {
                return Check.Own(Native.ot_std((converted ?? this).Handle, list, dimensions.Length, Flag(unbiased), Flag(keepdim)), this);
            }
        }

        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Check.Own(Native.ot_logsumexp(Handle, &dim, 1, Flag(keepdim)), this);

        public Tensor norm(float p = 2.0f) => Check.Own(Native.ot_norm(Handle, ScalarValue.Of((double)p)), this);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f)
        {
            long dimension = dim;
            return Check.Own(Native.ot_norm_dim(Handle, ScalarValue.Of((double)p), &dimension, 1, Flag(keepdim)), this);
        }

        public Tensor median() => Check.Own(Native.ot_median(Handle), this);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) =>
            Check.Own(Native.ot_quantile(Handle, q.Handle, dim, 1, Flag(keepdim)), this, q);

        public Tensor max() => Check.Own(Native.ot_max(Handle), this);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            nint values, indexes;
            Check.Done(Native.ot_max_dim(Handle, dim, Flag(keepdim), &values, &indexes), this);
            return (new Tensor(values), new Tensor(indexes));
        }

        public Tensor min() => Check.Own(Native.ot_min(Handle), this);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            nint values, indexes;
            Check.Done(Native.ot_min_dim(Handle, dim, Flag(keepdim), &values, &indexes), this);
            return (new Tensor(values), new Tensor(indexes));
        }

        public Tensor amax(params long[] dims) => Over(Native.ot_amax, dims, keepdim: false);

        public Tensor amin(params long[] dims) => Over(Native.ot_amin, dims, keepdim: false);

        public Tensor argmax() => Check.Own(Native.ot_argmax(Handle, 0, 0, 0), this);

        public Tensor argmax(long dim, bool keepdim = false) => Check.Own(Native.ot_argmax(Handle, dim, 1, Flag(keepdim)), this);

        public Tensor argmin() => Check.Own(Native.ot_argmin(Handle, 0, 0, 0), this);

        public Tensor argmin(long dim, bool keepdim = false) => Check.Own(Native.ot_argmin(Handle, dim, 1, Flag(keepdim)), this);

        public Tensor all() => Check.Own(Native.ot_all(Handle), this);

        public Tensor all(long dim, bool keepdim = false) => Check.Own(Native.ot_all_dim(Handle, dim, Flag(keepdim)), this);

        public Tensor any() => Check.Own(Native.ot_any(Handle), this);

        public Tensor any(long dim, bool keepdim = false) => Check.Own(Native.ot_any_dim(Handle, dim, Flag(keepdim)), this);

        public Tensor count_nonzero() => Check.Own(Native.ot_count_nonzero(Handle), this);

        private Tensor SumOver(ReadOnlySpan<long> dims, bool keepdim, ScalarType? type)
        {
            fixed (long* list = dims)
            {
                return Check.Own(Native.ot_sum_dim(Handle, list, dims.Length, Flag(keepdim), Code(type)), this);
            }
        }

        private Tensor Over(DimensionsCall call, long[] dims, bool keepdim)
        {
            fixed (long* list = dims)
            {
                return Check.Own(call(Handle, list, dims.Length, Flag(keepdim)), this);
            }
        }

        private Tensor? Converted(ScalarType? type) => type is { } wanted && wanted != dtype ? to(wanted) : null;

        private static int Code(ScalarType? type) => type is { } wanted ? (int)wanted : -1;

        private static int Flag(bool value) => value ? 1 : 0;
    }
}
