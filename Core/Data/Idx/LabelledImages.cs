using System.Globalization;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Joins images and labels that were read from two places.</summary>
internal static class LabelledImages
{
    /// <summary>One set of grey images <c>[count, 1, height, width]</c>.</summary>
    /// <exception cref="ProblemException">The counts differ, or a label is not below the class count.</exception>
    public static ImageSet Join(IdxArray images, IdxArray? labels, int classCount)
    {
        var shape = new ImageShape(1, images.Dimensions[1], images.Dimensions[2]);
        if (labels is null)
            return new ImageSet(shape, images.Data);
        if (labels.Count != images.Count)
            throw new ProblemException(
                labels.Path,
                FormattableString.Invariant($"{labels.Count} labels, but {images.Count} images in {images.Path}."),
                "Give the images and the labels of the same part of the data set.");
        CheckRange(labels.Data.Span, classCount, labels.Path);
        return new ImageSet(shape, images.Data, labels.Data);
    }

    /// <summary>Checks that every label is below the class count.</summary>
    /// <exception cref="ProblemException">Some label is not.</exception>
    public static void CheckRange(ReadOnlySpan<byte> labels, int classCount, string where)
    {
        if (classCount > byte.MaxValue)
            return;
        var first = labels.IndexOfAnyExceptInRange((byte)0, (byte)(classCount - 1));
        if (first < 0)
            return;
        var wrong = 0;
        foreach (var label in labels[first..])
            wrong += label >= classCount ? 1 : 0;
        throw new ProblemException(
            where,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{wrong} labels are out of range; the first is {labels[first]} at position {first}, "
                + $"0 to {classCount - 1} was expected."),
            FormattableString.Invariant(
                $"Correct the labels, or state the number of classes if there are more than {classCount}."));
    }
}
