using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;

namespace Orchestrator.Core.Tests.Evaluation;

/// <summary>Untrained models to evaluate.</summary>
internal static class SomeModel
{
    public static Autoencoder Build(ParameterSet parameters, ulong seed) => (Autoencoder)Initialisation.Build(
        ModelCatalogue.Of(parameters), parameters, DatasetFacts.Of(parameters).Shape, seed);
}
