using Orchestrator.Core.Evaluation.Separation;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Disentanglement;

/// <summary>
/// Explicitness (Ridgeway and Mozer 2018): how well one-versus-rest logistic regression reads each factor value off the whole code,
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
            foreach (var value in trainFactors[f].Distinct().Order())
            {
                var answers = testFactors[f].Select(x => x == value).ToArray();
                if (!answers.Contains(true) || !answers.Contains(false))
                    continue;
                int[] labels = [.. trainFactors[f].Select(x => x == value ? 1 : 0)];
                var scores = LogisticRegression.Fit(train, labels, 2).Probabilities(test).Column(1).ToArray();
                areas.Add(RocCurve.AreaUnder(scores, answers));
            }
        }

        return areas.Count == 0 ? 0 : 2 * (areas.Average() - 0.5);
    }
}
