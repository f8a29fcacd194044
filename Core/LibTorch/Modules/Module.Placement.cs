using System.Collections.Generic;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Moves parameters, gradients and buffers in place: every reference to them stays valid.</summary>
            internal void Move(Device? device, ScalarType? type, bool nonBlocking)
            {
                using var noGrad = no_grad();
                foreach (var parameter in parameters())
                {
                    MoveShared(parameter, device, type, nonBlocking);
                    if (parameter.grad is { } gradient)
                    {
                        using (gradient)
                        {
                            MoveShared(gradient, device, type, nonBlocking);
                            parameter.grad = gradient;
                        }
                    }
                }

                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var buffer in buffers())
                {
                    if (seen.Add(buffer))
                    {
                        MoveShared(buffer, device, type, nonBlocking);
                    }
                }
            }

            private static void MoveShared(Tensor tensor, Device? device, ScalarType? type, bool nonBlocking)
            {
                using var moved = tensor.to(
                    type is { } wanted && tensor.is_floating_point() ? wanted : tensor.dtype,
                    device ?? tensor.device,
                    non_blocking: nonBlocking);
                tensor.set_(moved);
            }
        }
    }
}
