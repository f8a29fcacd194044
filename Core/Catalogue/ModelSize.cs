using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Models.Networks;

namespace Orchestrator.Core.Catalogue;

/// <summary>Refuses models of more parameters than can be trained, with the largest value that works.</summary>
internal static class ModelSize
{
    /// <summary>The problem of a configuration that is sound in all else.</summary>
    public static IEnumerable<Problem> Check(ModelFamily family, ParameterSet parameters, DataShape data)
    {
        var plan = family.Plan(parameters, data);
        if (plan.Parameters <= ModelPlan.MostParameters)
            yield break;
        var largest = plan.Parts.SelectMany(part => part.Describe()).MaxBy(layer => layer.Parameters)!;
        var cause = FormattableString.Invariant(
            $"The model would have {plan.Parameters:N0} parameters, {largest.Parameters:N0} of them in {largest.Name} ({largest.Type}); at most {ModelPlan.MostParameters:N0} are allowed.");
        // A model out of a script builds its modules to be counted: it is not tried at other sizes.
        yield return family is not CustomFamily && Sizes(parameters).FirstOrDefault(size => Most(size) > 0) is { } found
            ? new Problem(
                found.Name, cause,
                FormattableString.Invariant($"Choose at most {Most(found)}{(found.IsList ? " for each" : "")}."))
            : new Problem(ModelParameters.Family.Name, cause, "Choose a smaller width, depth or latent.");

        // The largest limit under which the model fits; 0 where even 1 is too much.
        int Most(Size size)
        {
            var (fits, fails) = (0, size.Value);
            while (fails - fits > 1)
            {
                var middle = fits + (fails - fits) / 2;
                if (family.Plan(size.Limited(middle), data).Parameters <= ModelPlan.MostParameters)
                    fits = middle;
                else
                    fails = middle;
            }
            return fits;
        }
    }

    /// <summary>What makes a model large, the likeliest first.</summary>
    private static IEnumerable<Size> Sizes(ParameterSet parameters)
    {
        foreach (var list in new[] { DenseNetwork.Hidden, DenseNetwork.DecoderHidden, ConvNetwork.Channels, ConvNetwork.DecoderChannels })
            if (parameters.Contains(list.Name) && parameters.Get(list) is { IsEmpty: false } values)
                yield return new(list.Name, true, values.Max(), most => parameters.With(list, [.. values.Select(value => Math.Min(value, most))]));
        foreach (var number in new[] { ModelParameters.Width, ModelParameters.Latent, VampPriorFamily.PseudoInputs })
            yield return new(number.Name, false, parameters.Get(number), most => parameters.With(number, most));
    }

    /// <param name="Name">The parameter.</param>
    /// <param name="IsList">True where it is a list.</param>
    /// <param name="Value">Its value, or the largest of its list.</param>
    /// <param name="Limited">The configuration with a limit on it.</param>
    private sealed record Size(string Name, bool IsList, int Value, Func<int, ParameterSet> Limited);
}
