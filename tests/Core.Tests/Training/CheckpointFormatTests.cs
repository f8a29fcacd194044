using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Files;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;
using Orchestrator.Core.Training.Checkpoints;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Training;

/// <summary>A checkpoint speaks no torch provider's private language.</summary>
[Collection("torch")]
public sealed class CheckpointFormatTests : IDisposable
{
    private const int Step = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly TrialSpecification _trial = Some.Trial(null, 2);

    public void Dispose() => _folder.Dispose();

    private string File => _folder.File("checkpoints", FormattableString.Invariant($"000000-{Step:D6}.safetensors"));

    [Fact]
    public void The_optimizers_state_lies_in_it_by_the_names_of_the_parameters()
    {
        ResumeTests.TrainUntil(Step, _trial, _folder.Path);

        var tensors = Read().Tensors;

        var weights = tensors.Where(tensor => tensor.Key.StartsWith("model.", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(weights);
        foreach (var (name, weight) in weights)
        {
            var state = "optimizer.autoencoder." + name["model.".Length..];
            Assert.Equal(Step, tensors[state + ".step"].ToInteger());
            foreach (var moment in new[] { tensors[state + ".exp_avg"], tensors[state + ".exp_avg_sq"] })
                Assert.Equal((weight.Type, string.Join(',', weight.Shape)), (moment.Type, string.Join(',', moment.Shape)));
        }
        Assert.Equal(weights.Length * 4 + 1, tensors.Keys.Count(name => !name.StartsWith("generator.", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_checkpoint_of_the_first_schema_is_gone_on_from_with_the_same_bits()
    {
        using var undisturbed = new TemporaryFolder();
        var expected = Trainer.Train(_trial, Some.Environment(undisturbed.Path), new RecordingObserver(), default);
        ResumeTests.TrainUntil(Step, _trial, _folder.Path);
        WriteFirstSchema(OpaqueState());

        var actual = Trainer.Train(_trial, Some.Environment(_folder.Path), new RecordingObserver(), default);

        Assert.Equal((AttemptOutcome.Completed, 1), (actual.Outcome, actual.Interruptions));
        Assert.Equal(expected.WeightsDigest, actual.WeightsDigest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
    }

    [Fact]
    public void One_of_the_first_schema_by_another_provider_is_refused_with_a_remedy()
    {
        ResumeTests.TrainUntil(Step, _trial, _folder.Path);
        WriteFirstSchema([3, .. "SGD"u8, 1, 1]);

        var outcome = Trainer.Train(_trial, Some.Environment(_folder.Path), new RecordingObserver(), default);

        Assert.Equal(AttemptOutcome.Failed, outcome.Outcome);
        Assert.Contains("an earlier program stored its optimizer in the format of its torch provider", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("delete this folder", outcome.Error, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(File));
    }

    private SafetensorsContent Read()
    {
        using var stream = System.IO.File.OpenRead(File);
        return Safetensors.Read(stream);
    }

    private byte[] OpaqueState()
    {
        using var model = Initialisation.Build(
            ModelCatalogue.Of(_trial.Parameters), _trial.Parameters, DatasetFacts.Of(_trial.Parameters).Shape, _trial.Seed);
        using var optimization = new Optimization(model.Phases[0], _trial.Parameters, CPU);
        TrainingTensors.Load(Read().Tensors, model, [optimization], CPU);
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        optimization.Optimizer.save_state_dict(writer);
        writer.Flush();
        return buffer.ToArray();
    }

    private void WriteFirstSchema(byte[] state)
    {
        var content = Read();
        var tensors = content.Tensors.Where(tensor => !tensor.Key.StartsWith("optimizer.", StringComparison.Ordinal)).ToDictionary();
        tensors.Add("optimizer.autoencoder", new StoredTensor("U8", [state.Length], state));
        using var stream = System.IO.File.Create(File);
        Safetensors.Write(stream, tensors, new Dictionary<string, string>(content.Metadata) { ["schema"] = "1" });
    }
}
