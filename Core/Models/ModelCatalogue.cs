using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Models.Families;

namespace Orchestrator.Core.Models;

/// <summary>Every model family.</summary>
public static class ModelCatalogue
{
    /// <summary>All of them, in the order in which the reference lists them.</summary>
    public static ImmutableArray<ModelFamily> All { get; } =
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

    /// <summary>The family of a name, or null.</summary>
    public static ModelFamily? Find(string name) => All.FirstOrDefault(family => family.Name == name);

    /// <summary>The family that a checked configuration names.</summary>
    internal static ModelFamily Of(ParameterSet parameters)
    {
        var name = parameters.Get(Parameters.Family);
        return All.First(family => family.Name == name);
    }
}
