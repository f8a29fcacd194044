using System;
using System.Collections.Generic;
using System.Linq;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor cat(Tensor[] tensors, long dim = 0)
    {
        var handles = Check.Handles(tensors);
        fixed (nint* list = handles)
        {
            return Check.Own(Native.ot_cat(list, handles.Length, dim), tensors);
        }
    }

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        var parts = tensors.ToArray();
        var handles = Check.Handles(parts);
        fixed (nint* list = handles)
        {
            return Check.Own(Native.ot_stack(list, handles.Length, dim), parts);
        }
    }

    public static Tensor hstack(params Tensor[] tensors) => cat(tensors, tensors[0].Dimensions == 1 ? 0 : 1);

    public static Tensor vstack(params Tensor[] tensors) =>
        cat(tensors.Select(t => t.Dimensions == 1 ? t.unsqueeze(0) : t).ToArray(), 0);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        var parts = tensors.ToArray();
        var handles = Check.Handles(parts);
        var result = new nint[parts.Length];
        fixed (nint* list = handles, target = result)
        {
            Check.Done(Native.ot_meshgrid(list, handles.Length, indexing == "xy" ? 1 : 0, target), parts);
        }

        return Check.OwnAll(result);
    }

    public static Tensor where(Tensor condition, Tensor x, Tensor y) =>
        Check.Own(Native.ot_where(condition.Handle, x.Handle, y.Handle), condition, x, y);

    public static Tensor[] where(Tensor condition) => condition.nonzero().unbind(1);

    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0) => Check.Own(Native.ot_cdist(x1.Handle, x2.Handle, p), x1, x2);

    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
        input.addmm(mat1, mat2, beta, alpha);

    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false)
    {
        var result = Check.Own(Native.ot_searchsorted(sorted_sequence.Handle, values.Handle, right ? 1 : 0), sorted_sequence, values);
        return out_int32 ? result.to(ScalarType.Int32, disposeAfter: true) : result;
    }

    public static (Tensor values, Tensor indexes) topk(Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true) =>
        tensor.topk(k, dim, largest, sorted);

    public static (Tensor Values, Tensor Indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) =>
        input.sort(dim, descending, stable);

    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);

    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);

    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    public static Tensor[] split(Tensor tensor, long split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    public static Tensor[] unbind(Tensor input, int dim = 0) => input.unbind(dim);

    public static bool allclose(Tensor input, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        input.allclose(other, rtol, atol, equal_nan);

    public static bool equal(Tensor tensor1, Tensor tensor2) => tensor1.equal(tensor2);

    public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) =>
        nn.functional.cosine_similarity(x1, x2, dim, eps);

}
