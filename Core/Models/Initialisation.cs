using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models.Families;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models;

/// <summary>Builds a model with its first weights, drawn from the trial's seed in its role <c>init</c>.</summary>
internal static class Initialisation
{
    /// <summary>The names that a manifest can choose.</summary>
    public static ImmutableArray<string> Names { get; } = ["pytorch", "keras"];

    /// <summary>
    /// The model on the CPU, so that every device starts from the same weights. <c>pytorch</c> is each layer's own rule
    /// (Kaiming uniform with a = √5); <c>keras</c> is Glorot's uniform with biases of zero.
    /// </summary>
    public static Model Build(ModelFamily family, ParameterSet parameters, DataShape data, ulong seed)
    {
        manual_seed(unchecked((long)SeedSequence.Derive(seed, "init")));
        var model = family.Build(parameters, data);
        if (parameters.Get(ModelParameters.Init) == "keras")
            Glorot(model);
        return model;
    }

    private static void Glorot(Model model)
    {
        using var guard = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (parameter.shape.Length >= 2)
                nn.init.xavier_uniform_(parameter);
            else if (name.EndsWith("bias", StringComparison.Ordinal))
                parameter.zero_();
        }
    }
}
