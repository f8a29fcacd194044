using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static (Tensor U, Tensor S, Tensor V) svd(Tensor input, bool some = true, bool compute_uv = true)
    {
        var (u, s, vh) = linalg.svd(input, !some);
        using (vh)
        {
            return (u, s, vh.mT);
        }
    }

    public static class linalg
    {
        public static Tensor cholesky(Tensor input) => Check.Own(Native.ot_cholesky(input.Handle), input);

        public static Tensor inv(Tensor input) => Check.Own(Native.ot_inv(input.Handle), input);

        public static Tensor pinv(Tensor input) => Check.Own(Native.ot_pinv(input.Handle), input);

        public static Tensor det(Tensor input) => Check.Own(Native.ot_det(input.Handle), input);

        public static Tensor solve(Tensor input, Tensor other) => Check.Own(Native.ot_solve(input.Handle, other.Handle), input, other);

        public static Tensor eigvalsh(Tensor input) => Check.Own(Native.ot_eigvalsh(input.Handle), input);

        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false)
        {
            fixed (long* list = dims)
            {
                return Check.Own(Native.ot_vector_norm(input.Handle, ScalarValue.Of(ord), list, dims?.Length ?? -1, keepdim ? 1 : 0), input);
            }
        }

        /// <summary>A = U diag(S) Vh.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            nint u, s, vh;
            Check.Done(Native.ot_svd(input.Handle, fullMatrices ? 1 : 0, &u, &s, &vh), input);
            return (new Tensor(u), new Tensor(s), new Tensor(vh));
        }

        /// <summary>Eigenvalues in ascending order and eigenvectors of a symmetric matrix.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L')
        {
            nint values, vectors;
            Check.Done(Native.ot_eigh(input.Handle, UPLO == 'U' ? 1 : 0, &values, &vectors), input);
            return (new Tensor(values), new Tensor(vectors));
        }

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced)
        {
            nint q, r;
            Check.Done(Native.ot_qr(input.Handle, mode == QRMode.Complete ? 1 : 0, &q, &r), input);
            return (new Tensor(q), new Tensor(r));
        }

        public static (Tensor, Tensor) slogdet(Tensor input)
        {
            nint sign, logabsdet;
            Check.Done(Native.ot_slogdet(input.Handle, &sign, &logabsdet), input);
            return (new Tensor(sign), new Tensor(logabsdet));
        }

        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
        }
    }
}
