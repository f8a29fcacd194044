using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Evaluation.Generation;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Evaluation;

[Collection("torch")]
public sealed class SampleFiguresTests(SampleFiguresTests.Cache cache) : IClassFixture<SampleFiguresTests.Cache>
{

    [Fact]
    public void Coverage_and_entropy_are_those_of_the_histogram()
    {
        double[] shares = [0.5, 0.47, 0.03, 0];

        Assert.Equal(-0.5 * Math.Log(0.5) - 0.47 * Math.Log(0.47) - 0.03 * Math.Log(0.03), SampleFigures.EntropyOf(shares), 12);
        // A tenth of an equal share of four classes is 0.025.
        Assert.Equal(3, SampleFigures.CoveredBy(shares));
    }

    [Fact]
    public void The_reference_is_made_once_and_read_again_with_the_same_figures()
    {
        var dataset = DatasetFacts.Load(Some.Configuration, null, default);
        var file = new FeatureReferenceFile(cache.Path, dataset);

        using var made = file.ReadOrCreate(default);
        var written = File.GetLastWriteTimeUtc(Kept());
        using var read = file.ReadOrCreate(default);

        Assert.Equal(written, File.GetLastWriteTimeUtc(Kept()));
        Assert.Equal(made.Digest, read.Digest);
        Assert.Equal((made.Accuracy, made.Floor), (read.Accuracy, read.Floor));
        Assert.Equal(made.Test.Covariance, read.Test.Covariance);
        Assert.InRange(made.Accuracy, 0.9, 1.0);
    }

    [Fact]
    public void A_damaged_reference_is_made_anew_with_the_same_weights()
    {
        var dataset = DatasetFacts.Load(Some.Configuration, null, default);
        using var made = new FeatureReferenceFile(cache.Path, dataset).ReadOrCreate(default);
        var bytes = File.ReadAllBytes(Kept());
        bytes[^1] ^= 1;
        File.WriteAllBytes(Kept(), bytes);

        using var again = new FeatureReferenceFile(cache.Path, dataset).ReadOrCreate(default);

        Assert.Equal(made.Digest, again.Digest);
    }

    [Fact]
    public void A_trial_that_asks_for_it_reports_the_quality_of_its_samples_at_readings()
    {
        var cvae = Some.Configuration.With(ModelParameters.Family, "cvae").With(EvaluationParameters.SampleQuality, true);
        Assert.Empty(Configurations.Check(cvae));

        using var folder = new TemporaryFolder();

        var outcome = Trainer.Train(
            Some.Trial(cvae, 1, 8), Some.Environment(folder.Path) with { CacheFolder = cache.Path }, new RecordingObserver(), default);

        Assert.Null(outcome.Error);
        double Value(int epoch, string name) => outcome.Metrics.Single(metric => metric.Epoch == epoch && metric.Name == name).Value;
        Assert.True(Value(8, "test/frechet_classifier.n10000") < Value(1, "test/frechet_classifier.n10000"));
        Assert.True(Value(8, "test/frechet_classifier.n10000") > Value(8, "test/frechet_classifier_floor.n10000"));
        Assert.InRange(Value(8, "test/class_entropy.n10000"), 0, Math.Log(3));
        Assert.InRange(Value(8, "test/classes_covered.n10000"), 1, 3);
        Assert.InRange(Value(8, "test/conditional_accuracy.n10000"), 0, 1);
        Assert.Contains(outcome.Remarks, remark => remark.StartsWith("generated images were judged by the classifier ", StringComparison.Ordinal));
    }

    [Fact]
    public void Families_that_generate_nothing_do_not_read_the_parameter()
    {
        var names = Configurations.Active(Some.Configuration.With(ModelParameters.Family, "ae").With(EvaluationParameters.SampleQuality, true)).Select(p => p.Name);

        Assert.DoesNotContain("sample_quality", names);
        Assert.Contains("sample_quality", Configurations.Active(Some.Configuration).Select(p => p.Name));
    }

    private string Kept() => Directory.GetFiles(cache.Path, "classifier-*.safetensors").Single();

    /// <summary>One folder for all of them: a classifier takes seconds.</summary>
    public sealed class Cache : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public string Path => _folder.Path;

        public void Dispose() => _folder.Dispose();
    }
}
