using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void A_constant_rate_stays()
    {
        Assert.Equal(0.1, new LearningRateSchedule(0.1, Cosine: false, 10).At(7));
    }

    [Fact]
    public void A_cosine_falls_from_the_rate_over_its_half_towards_zero()
    {
        var schedule = new LearningRateSchedule(0.1, Cosine: true, 10);

        Assert.Equal(0.1, schedule.At(1), 15);
        Assert.Equal(0.05, schedule.At(6), 15);
        Assert.InRange(schedule.At(10), 1e-6, 0.003);
    }
}
