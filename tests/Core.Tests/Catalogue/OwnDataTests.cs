using Core.Tests.Data;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Tests.Training;
using Orchestrator.Core.Training;
using Noise = Core.Tests.Data.Some;

namespace Orchestrator.Core.Tests.Catalogue;

[Collection("torch")]
public sealed class OwnDataTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_of_pictures_is_planned_for_by_what_it_holds()
    {
        var parameters = Pictures(new ImageShape(3, 12, 10), 20);

        Assert.Empty(Configurations.Check(parameters));
        Assert.Equal(360, Configurations.Describe(parameters).Layers.First(layer => layer.Parameters > 0).Parameters / 24 - 1);
        var names = Configurations.Active(parameters).Select(definition => definition.Name).ToArray();
        Assert.Contains("path", names);
        Assert.DoesNotContain("train_images", names);
    }

    [Theory]
    [InlineData(1, 12, 10)]
    [InlineData(3, 9, 9)]
    public void A_folder_of_pictures_trains(int channels, int height, int width)
    {
        var parameters = Pictures(new ImageShape(channels, height, width), 20);
        var planned = Configurations.DataFingerprint(parameters, null);

        var outcome = Train(Some.Trial(parameters, 1) with { DataFingerprint = planned });

        Assert.Equal((AttemptOutcome.Completed, 1, null), (outcome.Outcome, outcome.EpochsDone, outcome.Error));
        Assert.Contains(outcome.Metrics, metric => metric.Name == "val/elbo");
    }

    [Fact]
    public void The_encoder_that_takes_square_images_only_says_so()
    {
        var parameters = Pictures(new ImageShape(1, 12, 10), 20).Without("hidden").With(ModelParameters.Encoder, "conv");

        var problem = Assert.Single(Configurations.Check(parameters));

        Assert.Equal(("encoder", "Choose the encoder 'dense'."), (problem.Where, problem.Remedy));
        Assert.Contains("1x12x10", problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_inside_of_the_data_are_put_down_to_the_path()
    {
        var parameters = Pictures(new ImageShape(1, 4, 4), 6);
        _folder.Write("cat/photo.jpg", [0xff, 0xd8, 0xff, 0xe0]);
        _folder.Write("cat/wide.png", PngWriter.Encode(new Picture(new ImageShape(1, 4, 5), new byte[20])));

        var problems = Configurations.Check(parameters);

        Assert.Equal(["path", "path"], problems.Select(problem => problem.Where));
        Assert.Contains("photo.jpg: This is a JPEG picture", problems[0].Cause, StringComparison.Ordinal);
        Assert.Contains("1x4x5", problems[1].Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_were_added_are_seen_once_the_old_are_forgotten()
    {
        var parameters = Pictures(new ImageShape(1, 4, 4), 10);
        var before = Configurations.DataFingerprint(parameters, null);
        _folder.Write("cat/more.png", PngWriter.Encode(new Picture(new ImageShape(1, 4, 4), new byte[16])));

        Configurations.ForgetOwnData();

        Assert.NotEqual(before, Configurations.DataFingerprint(parameters, null));
    }

    [Fact]
    public void Data_that_changed_since_the_plan_are_not_trained_on()
    {
        var outcome = Train(Some.Trial(Pictures(new ImageShape(1, 4, 4), 20), 1) with { DataFingerprint = "another" });

        Assert.Equal(AttemptOutcome.Failed, outcome.Outcome);
        Assert.Contains("not those that the trial was planned with", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shapes")]
    [InlineData("dsprites")]
    public void What_is_said_of_rendered_data_is_what_is_rendered(string name)
    {
        var parameters = ParameterSet.Empty.With(DatasetSelection.Dataset, name).With(DatasetParameters.Train, 300).With(DatasetParameters.Test, 20);

        var data = DatasetFacts.Load(parameters, null, default);

        Assert.Equal(DatasetFacts.Of(parameters), new(new(data.Shape, data.ClassCount), data.Train.Count));
        Assert.Equal(data.Fingerprint, Configurations.DataFingerprint(parameters, null));
    }

    private ParameterSet Pictures(ImageShape shape, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var picture = new Picture(shape, Noise.Noise(shape.Pixels, i));
            _folder.Write($"{(i % 2 == 0 ? "cat" : "dog")}/{i}.png", PngWriter.Encode(picture));
        }
        return Some.Configuration.With(DatasetSelection.Dataset, "folder").With(DatasetParameters.Path, _folder.Path)
            .With(DatasetSelection.Validation, 4).With(TrainingParameters.BatchSize, 4).With(DenseNetwork.Hidden, [24]);
    }

    private static TrialOutcome Train(TrialSpecification trial)
    {
        using var results = new TestFolder();
        return Trainer.Train(trial, Some.Environment(results.Path), new RecordingObserver(), default);
    }
}
