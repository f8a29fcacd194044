using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch;

/// <summary>What libtorch found wrong; the native side's kinds.</summary>
public enum TorchErrorKind
{
    /// <summary>Any other failure, such as shapes that do not fit.</summary>
    General = 0,

    /// <summary>An index is out of range.</summary>
    Index = 1,

    /// <summary>An argument's value is not allowed.</summary>
    Value = 2,

    /// <summary>An argument's type is not allowed.</summary>
    Type = 3,

    /// <summary>No kernel exists for this type or device.</summary>
    NotImplemented = 4,

    /// <summary>The device or the machine has no memory left.</summary>
    OutOfMemory = 5,
}

/// <summary>An error of libtorch, with its own message. TorchSharp throws the base type.</summary>
public sealed class TorchException : ExternalException
{
    internal TorchException(TorchErrorKind kind, string message)
        : base(message) => Kind = kind;

    /// <summary>What kind of error libtorch reported.</summary>
    public TorchErrorKind Kind { get; }

    /// <summary>True when memory ran out: smaller batches may help, a retry of the same will not.</summary>
    public bool IsOutOfMemory => Kind == TorchErrorKind.OutOfMemory;
}
