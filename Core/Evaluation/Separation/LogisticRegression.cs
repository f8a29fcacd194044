using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Separation;

/// <summary>
/// Multinomial logistic regression on standardized codes with a small L2 penalty, fitted by L-BFGS: the linear probe.
/// </summary>
public sealed class LogisticRegression
{
    private const double Penalty = 1e-4;
    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly Matrix<double> _weights;

    private LogisticRegression(double[] mean, double[] scale, Matrix<double> weights) =>
        (_mean, _scale, _weights) = (mean, scale, weights);

    /// <summary>Fits the probe; labels lie in [0, <paramref name="classes"/>).</summary>
    /// <exception cref="ArgumentException">Counts differ or a label is out of range.</exception>
    public static LogisticRegression Fit(LatentCodes codes, ReadOnlySpan<int> labels, int classes, int iterations = 200)
    {
        if (labels.Length != codes.Count)
            throw new ArgumentException($"{codes.Count} codes have {labels.Length} labels", nameof(labels));
        foreach (var label in labels)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)classes, nameof(labels));

        var (mean, scale) = Moments(codes);
        var inputs = Inputs(codes, mean, scale);
        var answers = Matrix<double>.Build.Dense(codes.Count, classes);
        for (var i = 0; i < labels.Length; i++)
            answers[i, labels[i]] = 1;
        return new(mean, scale, Minimize(inputs, answers, iterations));
    }

    /// <summary>The probability of each class, [count, classes].</summary>
    public Matrix<double> Probabilities(LatentCodes codes) => Softmax(Inputs(codes, _mean, _scale) * _weights);

    /// <summary>The share of codes whose most probable class is their label.</summary>
    public double Accuracy(LatentCodes codes, ReadOnlySpan<int> labels)
    {
        var probabilities = Probabilities(codes);
        var right = 0;
        for (var i = 0; i < labels.Length; i++)
            if (probabilities.Row(i).MaximumIndex() == labels[i])
                right++;
        return (double)right / labels.Length;
    }

    private static Matrix<double> Minimize(Matrix<double> inputs, Matrix<double> answers, int iterations)
    {
        var (rows, columns) = (inputs.ColumnCount, answers.ColumnCount);
        (double, Vector<double>) Evaluate(Vector<double> flat)
        {
            var weights = Matrix<double>.Build.Dense(rows, columns, flat.ToArray());
            var probabilities = Softmax(inputs * weights);
            var loss = -probabilities.PointwiseMaximum(1e-300).PointwiseLog().PointwiseMultiply(answers).ColumnSums().Sum()
                / inputs.RowCount + Penalty / 2 * flat.DotProduct(flat);
            var gradient = inputs.TransposeThisAndMultiply(probabilities - answers) / inputs.RowCount + weights * Penalty;
            return (loss, Vector<double>.Build.DenseOfArray(gradient.ToColumnMajorArray()));
        }

        var best = Vector<double>.Build.Dense(rows * columns);
        var minimizer = new LimitedMemoryBfgsMinimizer(1e-5, 1e-8, 1e-9, 10, iterations);
        try
        {
            best = minimizer.FindMinimum(ObjectiveFunction.Gradient(Evaluate), best).MinimizingPoint;
        }
        catch (MaximumIterationsException)
        {
            // A probe of separable classes has no finite optimum: plain descent from zero gives a bounded, comparable answer.
            best = Descend(Evaluate, best, iterations);
        }
        catch (OptimizationException)
        {
            best = Descend(Evaluate, best, iterations);
        }

        return Matrix<double>.Build.Dense(rows, columns, best.ToArray());
    }

    private static Vector<double> Descend(
        Func<Vector<double>, (double Loss, Vector<double> Gradient)> evaluate, Vector<double> start, int iterations)
    {
        var (point, step) = (start, 1.0);
        var (loss, gradient) = evaluate(point);
        for (var i = 0; i < iterations && step > 1e-9; i++)
        {
            var next = point - gradient * step;
            var (nextLoss, nextGradient) = evaluate(next);
            if (nextLoss < loss)
                (point, loss, gradient, step) = (next, nextLoss, nextGradient, step * 1.5);
            else
                step /= 2;
        }

        return point;
    }

    private static Matrix<double> Softmax(Matrix<double> logits)
    {
        for (var i = 0; i < logits.RowCount; i++)
        {
            var row = logits.Row(i);
            var exponentials = (row - row.Maximum()).PointwiseExp();
            logits.SetRow(i, exponentials / exponentials.Sum());
        }

        return logits;
    }

    private static (double[] Mean, double[] Scale) Moments(LatentCodes codes)
    {
        var mean = new double[codes.Dimensions];
        var scale = new double[codes.Dimensions];
        for (var d = 0; d < codes.Dimensions; d++)
        {
            double sum = 0, squares = 0;
            for (var i = 0; i < codes.Count; i++)
                sum += codes[i][d];
            mean[d] = sum / codes.Count;
            for (var i = 0; i < codes.Count; i++)
                squares += (codes[i][d] - mean[d]) * (codes[i][d] - mean[d]);
            // A dimension that does not vary says nothing: it stays at zero.
            var deviation = Math.Sqrt(squares / codes.Count);
            scale[d] = deviation > 1e-12 ? 1 / deviation : 0;
        }

        return (mean, scale);
    }

    // One column more than the codes have: the intercept.
    private static Matrix<double> Inputs(LatentCodes codes, double[] mean, double[] scale) =>
        Matrix<double>.Build.Dense(codes.Count, codes.Dimensions + 1, (i, d) =>
            d == codes.Dimensions ? 1 : (codes[i][d] - mean[d]) * scale[d]);
}
