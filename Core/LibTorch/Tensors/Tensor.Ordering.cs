using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor cumsum(long dim, ScalarType? type = null) => Check.Own(Native.ot_cumsum(Handle, dim, Code(type)), this);

        public Tensor cumprod(long dim, ScalarType? type = null) => Check.Own(Native.ot_cumprod(Handle, dim, Code(type)), this);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            nint values, indexes;
            Check.Done(Native.ot_sort(Handle, dim, Flag(descending), Flag(stable), &values, &indexes), this);
            return (new Tensor(values), new Tensor(indexes));
        }

        public Tensor argsort(long dim = -1, bool descending = false) =>
            Check.Own(Native.ot_argsort(Handle, dim, Flag(descending)), this);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            nint values, indexes;
            Check.Done(Native.ot_topk(Handle, k, dim, Flag(largest), Flag(sorted), &values, &indexes), this);
            return (new Tensor(values), new Tensor(indexes));
        }

        public Tensor bincount(Tensor? weights = null, long minlength = 0) =>
            Check.Own(Native.ot_bincount(Handle, weights?.Handle ?? 0, minlength), this, weights);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) =>
            Check.Own(Native.ot_histc(Handle, bins, ScalarValue.Of(min), ScalarValue.Of(max)), this);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false)
        {
            nint values, inverse, counts;
            Check.Done(Native.ot_unique(Handle, Flag(sorted), &values, &inverse, &counts), this);
            return (new Tensor(values), Optional(inverse, return_inverse), Optional(counts, return_counts));
        }

        private static Tensor? Optional(nint handle, bool wanted)
        {
            if (wanted)
            {
                return new Tensor(handle);
            }

            Native.ot_tensor_free(handle);
            return null;
        }
    }
}
