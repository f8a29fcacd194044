using System.Collections.Immutable;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Devices;

/// <summary>
/// How a device computes, beside what. Each is off by default, and each is part of a trial's identity: it chooses the
/// kernels, and other kernels round otherwise.
/// </summary>
/// <param name="AllowsTf32">Products and convolutions on CUDA may round their inputs to TF32.</param>
/// <param name="UsesBfloat16">Layers compute in bfloat16 while they train.</param>
/// <param name="IsRepeatable">Only algorithms that give the same bits run after run.</param>
/// <param name="RecordsSteps">Training steps are recorded as CUDA graphs.</param>
internal sealed record DeviceOptions(bool AllowsTf32, bool UsesBfloat16, bool IsRepeatable, bool RecordsSteps)
{
    /// <summary>The value of <c>autocast</c> that asks for bfloat16.</summary>
    public const string Bfloat16 = "bf16";

    /// <summary>The parameters, in the catalogue's order.</summary>
    public static ImmutableArray<ParameterDefinition> Parameters { get; } =
        [DeviceParameters.Tf32, DeviceParameters.Autocast, DeviceParameters.Deterministic, DeviceParameters.CudaGraphs];

    /// <summary>The options that a configuration names.</summary>
    public static DeviceOptions Of(ParameterSet parameters) => new(
        parameters.Get(DeviceParameters.Tf32),
        parameters.Get(DeviceParameters.Autocast) == Bfloat16,
        parameters.Get(DeviceParameters.Deterministic),
        parameters.Get(DeviceParameters.CudaGraphs));

    /// <summary>What the torch provider of this program cannot do. Recording falls back to plain steps and is no problem.</summary>
    public static IEnumerable<Problem> Check(ParameterSet parameters)
    {
        var options = Of(parameters);
        (bool IsAsked, ParameterDefinition Parameter)[] asked =
        [
            (options.AllowsTf32, DeviceParameters.Tf32),
            (options.UsesBfloat16, DeviceParameters.Autocast),
            (options.IsRepeatable, DeviceParameters.Deterministic),
        ];
        return DeviceRuntime.Current.HasOptions
            ? []
            : asked.Where(option => option.IsAsked).Select(option => new Problem(
                option.Parameter.Name,
                "TorchSharp's packages have no words for it.",
                "Leave it out, or build with the torch provider system: TorchProvider=system ./orchestrator."));
    }
}
