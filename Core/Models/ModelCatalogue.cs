using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models.Families;

namespace Orchestrator.Core.Models;

/// <summary>Every model family.</summary>
public static class ModelCatalogue
{
    /// <summary>Those of the program itself.</summary>
    internal static ImmutableArray<ModelFamily> BuiltIn { get; } =
    [
        new AutoencoderFamily(),
        new DenoisingFamily(),
        new VariationalFamily(),
        new ConditionalFamily(),
        new CapacityFamily(),
        new InformationFamily(),
        new VampPriorFamily(),
        new FlowPriorFamily(),
        new LabelledFamily(),
        new AdversarialFamily(),
    ];

    /// <summary>All of them, in the order in which the reference lists them; those that scripts added come last.</summary>
    public static ImmutableArray<ModelFamily> All =>
        [.. BuiltIn, .. LoadedExtensions.Models.Entries.Select(model => new CustomFamily(model.Item, model.Origin))];

    /// <summary>The family of a name, or null.</summary>
    public static ModelFamily? Find(string name) => All.FirstOrDefault(family => family.Name == name);

    /// <summary>The family that a checked configuration names.</summary>
    /// <exception cref="ProblemException">It is a script's, which is not loaded here.</exception>
    internal static ModelFamily Of(ParameterSet parameters)
    {
        var name = parameters.Get(ModelParameters.Family);
        return Find(name) ?? throw new ProblemException(
        [
            LoadedExtensions.Mismatch(parameters)
            ?? new Problem(ModelParameters.Family.Name, $"There is no family '{name}'.", "Load the script that adds it."),
        ]);
    }
}
