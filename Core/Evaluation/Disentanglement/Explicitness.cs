using Orchestrator.Core.Evaluation.Separation;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Disentanglement;

/// <summary>
/// Explicitness (Ridgeway and Mozer 2018): how well a linear classifier reads each factor value off the whole code,
/// as the area under the ROC curve of that value against the rest, scaled so that chance is 0 and certainty 1.
/// </summary>
public static class Explicitness
{
    /// <summary>The mean over factor values and factors, on test codes of a classifier fitted on training codes.</summary>
    public static double Of(
        LatentCodes train, IReadOnlyList<int[]> trainFactors, LatentCodes test, IReadOnlyList<int[]> testFactors)
    {
        var areas = new List<double>();
        for (var f = 0; f < trainFactors.Count; f++)
        {
            var classes = Math.Max(trainFactors[f].Max(), testFactors[f].Max()) + 1;
            var probabilities = LogisticRegression.Fit(train, trainFactors[f], classes).Probabilities(test);
            for (var value = 0; value < classes; value++)
            {
                var answers = testFactors[f].Select(x => x == value).ToArray();
                if (answers.Contains(true) && answers.Contains(false))
                    areas.Add(RocCurve.AreaUnder(probabilities.Column(value).ToArray(), answers));
            }
        }

        return areas.Count == 0 ? 0 : 2 * (areas.Average() - 0.5);
    }
}
