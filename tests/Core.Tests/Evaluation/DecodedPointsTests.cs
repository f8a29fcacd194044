using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Evaluation.Artifacts;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Evaluation;

[Collection("torch")]
public sealed class DecodedPointsTests
{
    [Fact]
    public void Two_latents_show_the_documents_points_and_others_those_that_are_asked_for()
    {
        Assert.Equal("(0, 0), (3, 2), (-3, 2), (0, -2)", DecodedPoints.Name(DecodedPoints.Of(Some.Configuration.With(ModelParameters.Latent, 2))));
        Assert.Empty(DecodedPoints.Of(Some.Configuration));
        Assert.Equal("(1, -0.5, 2), (0, 0, 0)", DecodedPoints.Name(DecodedPoints.Of(Some.Configuration.With(EvaluationParameters.DecodeAt, "1 -0.5 2; 0, 0, 0"))));
    }

    [Theory]
    [InlineData("1 2", "'1 2' has 2 coordinates, the latent space 3")]
    [InlineData("1 2 x", "'x' is not a number")]
    [InlineData("1 2 3;", "'' has 0 coordinates")]
    [InlineData("1 2 NaN", "'NaN' is not a number")]
    public void Points_that_the_latent_space_has_not_are_named(string points, string cause)
    {
        var problem = Assert.Single(Configurations.Check(Some.Configuration.With(EvaluationParameters.DecodeAt, points)));

        Assert.Equal("decode_at", problem.Where);
        Assert.Contains(cause, problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_leave_the_images_and_an_autoencoder_of_two_latents_its_plane()
    {
        using var folder = new TemporaryFolder();
        var asked = Some.Configuration.With(EvaluationParameters.DecodeAt, "1 -0.5 2");
        var plane = Some.Configuration.With(ModelParameters.Family, "ae").With(ModelParameters.Latent, 2);

        Assert.Contains("(1, -0.5, 2)", Train(asked, folder.File("asked")).Single(artifact => artifact.Kind == "points").Description, StringComparison.Ordinal);
        Assert.Contains("where the codes of test images lie", Train(plane, folder.File("plane")).Single(artifact => artifact.Kind == "plane").Description, StringComparison.Ordinal);
    }

    private static ImmutableArray<Artifact> Train(ParameterSet parameters, string folder) =>
        Trainer.Train(Some.Trial(parameters, 1), Some.Environment(folder), new RecordingObserver(), default).Artifacts;
}
