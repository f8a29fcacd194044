using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Devices;

/// <summary>The parameters that say how a device computes.</summary>
public static class DeviceParameters
{
    /// <summary>TF32 products.</summary>
    public static Parameter<bool> Tf32 { get; } = new(false)
    {
        Name = "tf32",
        Section = ParameterSection.Training,
        Description = "lets products and convolutions on CUDA round their float32 inputs to TF32's ten bits; nothing on the CPU",
    };

    /// <summary>Mixed precision.</summary>
    public static Parameter<string> Autocast { get; } = new("none")
    {
        Name = "autocast",
        Section = ParameterSection.Training,
        Description = "type in which the networks' layers compute while they train: none (float32) or bf16; weights, losses and every reported figure stay float32",
        Choices = ["none", DeviceOptions.Bfloat16],
    };

    /// <summary>Deterministic algorithms.</summary>
    public static Parameter<bool> Deterministic { get; } = new(false)
    {
        Name = "deterministic",
        Section = ParameterSection.Training,
        Description = "takes only algorithms that give the same bits run after run on a GPU as they do on the CPU; a layer that has none ends the trial with an error",
    };

    /// <summary>CUDA graphs.</summary>
    public static Parameter<bool> CudaGraphs { get; } = new(false)
    {
        Name = "cuda_graphs",
        Section = ParameterSection.Training,
        Description = "records the whole training step as a CUDA graph and repeats it; where that cannot be, steps run as usual and the trial says why",
    };
}
