using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Data;

namespace Core.Tests.Data;

public sealed class DatasetSplitTests
{
    [Fact]
    public void Every_split_is_a_partition_of_the_training_images() => Prop.ForAll<int, int, ulong>((count, validation, seed) =>
    {
        var dataset = Some.Dataset(Math.Abs(count % 100) + 1);
        var wanted = Math.Abs(validation % dataset.Train.Count);
        foreach (var rule in Enum.GetValues<SplitRule>())
        {
            var split = DatasetSplit.Create(dataset, wanted, seed, rule);
            Assert.Equal(wanted, split.Validation.Count);
            Assert.Equal(Enumerable.Range(0, dataset.Train.Count), split.Train.Concat(split.Validation).Order());
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_images_validate_when_asked_for_by_name()
    {
        var split = DatasetSplit.Create(Some.Dataset(10), 3, 99, SplitRule.Last);
        Assert.Equal([7, 8, 9], split.Validation);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], split.Train);
    }

    [Fact]
    public void A_seeded_split_never_changes_and_another_seed_gives_another()
    {
        var dataset = Some.Dataset(50);
        // Computed by an independent program.
        Assert.Equal([19, 39, 38, 32, 41], DatasetSplit.Create(dataset, 5, 1).Validation);
        Assert.NotEqual(DatasetSplit.Create(dataset, 5, 1).Validation, DatasetSplit.Create(dataset, 5, 2).Validation);
    }

    [Fact]
    public void A_larger_validation_part_contains_the_smaller_one()
    {
        var dataset = Some.Dataset(50);
        Assert.Equal(
            DatasetSplit.Create(dataset, 5, 1).Validation, DatasetSplit.Create(dataset, 9, 1).Validation.Take(5));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(5000)]
    public void A_part_that_leaves_nothing_to_train_on_is_refused(int validation)
    {
        var problem = Some.ProblemOf(() => DatasetSplit.Create(Some.Dataset(10), validation, 1));
        Assert.Contains($"{validation} validation images", problem.Cause, StringComparison.Ordinal);
        Assert.Contains("0 to 9", problem.Remedy, StringComparison.Ordinal);
    }
}
