using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;

namespace Orchestrator.Core.Models.Families;

/// <summary>A kind of model, by name. To add one: a file with its family, and a line in <see cref="ModelCatalogue"/>.</summary>
public abstract class ModelFamily
{
    /// <summary>The name, as a manifest writes it.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for people.</summary>
    public abstract string Description { get; }

    /// <summary>The parameters that stand in this family's file.</summary>
    public virtual ImmutableArray<ParameterDefinition> OwnParameters => [];

    /// <summary>Whether images can be drawn from its models.</summary>
    internal virtual bool Generates => true;

    /// <summary>Whether its models decode codes.</summary>
    internal virtual bool HasCodes => true;

    /// <summary>The parameters of model and objective that it reads in a configuration.</summary>
    internal abstract IEnumerable<ParameterDefinition> Reads(ParameterSet parameters);

    /// <summary>What a training of it reports as <c>train/...</c> at the end of each epoch.</summary>
    internal virtual ImmutableArray<string> TrainingTerms => ["loss", "reconstruction", "kl"];

    /// <summary>What it reports of images that it did not learn from.</summary>
    internal virtual ImmutableArray<string> EvaluatedQuantities => ["elbo", "reconstruction", "kl", "mse", "active_units"];

    /// <summary>What makes a configuration impossible.</summary>
    internal virtual IEnumerable<Problem> Check(ParameterSet parameters, DataShape data) => [];

    /// <summary>What the model consists of; nothing is allocated.</summary>
    internal abstract ModelPlan Plan(ParameterSet parameters, DataShape data);

    /// <summary>The model on the CPU, with weights drawn from torch's generator.</summary>
    internal abstract Model Build(ParameterSet parameters, DataShape data);
}
