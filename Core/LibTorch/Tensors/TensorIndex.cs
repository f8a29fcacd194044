using System;
using System.Runtime.CompilerServices;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One entry of an index expression: a number, a slice, a mask, an ellipsis or a new axis.</summary>
    public struct TensorIndex
    {
        private const long NoneKind = 0, EllipsisKind = 1, IntegerKind = 2, BooleanKind = 3, SliceKind = 4, TensorKind = 5;

        private IndexEntry entry;
        private Tensor? tensor;

        public static TensorIndex Ellipsis => new() { entry = new IndexEntry { Kind = EllipsisKind } };

        public static TensorIndex None => new() { entry = new IndexEntry { Kind = NoneKind } };

        public static TensorIndex Null => None;

        public static TensorIndex Colon => Slice();

        public static TensorIndex Bool(bool value) => new() { entry = new IndexEntry { Kind = BooleanKind, Start = value ? 1 : 0 } };

        public static TensorIndex Single(long? index) => index is { } value
            ? new TensorIndex { entry = new IndexEntry { Kind = IntegerKind, Start = value } }
            : None;

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new()
        {
            entry = new IndexEntry
            {
                Kind = SliceKind,
                Start = start ?? 0,
                Stop = stop ?? 0,
                Step = step ?? 0,
                Given = (start is null ? 0 : 1) | (stop is null ? 0 : 2) | (step is null ? 0 : 4),
            },
        };

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        public static TensorIndex Slice(Range range) => Slice(Bound(range.Start, isEnd: false), Bound(range.End, isEnd: true));

        public static TensorIndex Tensor(Tensor tensor) => new() { entry = new IndexEntry { Kind = TensorKind }, tensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(bool value) => Bool(value);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Tensor tensor) => Tensor(tensor);

        internal static IndexEntry[] Entries(ReadOnlySpan<TensorIndex> indices)
        {
            var result = new IndexEntry[indices.Length];
            for (var i = 0; i < result.Length; i++)
            {
                result[i] = indices[i].entry;
                result[i].Tensor = indices[i].tensor?.Handle ?? 0;
            }

            return result;
        }

        private static long? Bound(Index index, bool isEnd) => index switch
        {
            { IsFromEnd: true, Value: 0 } when isEnd => null,
            { IsFromEnd: true } => -index.Value,
            _ => index.Value,
        };
    }

    public unsafe partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Put(value, select(0, i1));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index([i1, i2]);
            set => index_put_(value, [i1, i2]);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var entries = TensorIndex.Entries(indices);
            fixed (IndexEntry* list = entries)
            {
                return Check.Own(Native.ot_index(Handle, list, entries.Length), this, indices);
            }
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var entries = TensorIndex.Entries(indices);
            fixed (IndexEntry* list = entries)
            {
                return Check.Same(Native.ot_index_put_(Handle, list, entries.Length, value.Handle), this, value, indices);
            }
        }

        private static void Put(Tensor value, Tensor place)
        {
            place.copy_(value);
            place.Dispose();
        }
    }
}
