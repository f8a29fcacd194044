using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains. Takes over the native part of the tensor it is made from.</summary>
public sealed class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true)
        : base(data.Decouple())
    {
        this.requires_grad = requires_grad;
        DetachFromDisposeScope();
    }
}
