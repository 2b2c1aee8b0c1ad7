using System.Globalization;
using TuneLab.Experiments;
using TuneLab.Experiments.Forecasting;
using TuneLab.Storage;
using TuneLab.Tests.Experiments.Running;

namespace TuneLab.Tests.Experiments.Forecasting;

public sealed class ExperimentForecastTests
{
    private const double RoundMilliseconds = 20;

    [Fact]
    public void Of_HalfOfTheTrials_SaysWhatTheRestTakes()
    {
        using var bench = Slow();
        bench.Run(bench.Plan(60), jobs: 1);
        var all = bench.Store.Experiments().Single();
        var trials = bench.Store.Trials(all.Id);
        foreach (var count in (int[])[20, 30, 45])
        {
            using var part = Part(bench.Store, count);
            var left = ExperimentForecast.Of(part, part.Experiments().Single(), bench.Time).Left!.Value;
            var took = all.ActiveSeconds - trials[count - 1].FinishedSeconds;
            Assert.InRange(left.Median / took, 0.5, 2);
            Assert.InRange(left.Median, left.Low, left.High);
        }
    }

    [Fact]
    public void Of_Nested_CountsTheSearchesOfOuterFolds()
    {
        using var bench = Slow();
        bench.Run(bench.Plan(30) with { Validate = new ValidationPlan { Folds = 3, Holdout = 0, Nested = 3 } }, jobs: 1);
        var (all, folds) = (bench.Store.Experiments()[0], bench.Store.Experiments().Skip(1).ToList());
        Assert.Equal(3, folds.Count);
        using var early = Part(bench.Store, 15);
        var forecast = ExperimentForecast.Of(early, early.Experiments().Single(), bench.Time);
        Assert.InRange(forecast.Left!.Value.Median / (all.ActiveSeconds - bench.Store.Trials(all.Id)[14].FinishedSeconds), 0.5, 2);
        Assert.Equal("outer folds", forecast.Parts[^1].Stage);

        // its own search is through, and so is that of one outer fold; of the next one half
        using var late = Part(bench.Store, bench.Store.Trials(all.Id).Count);
        foreach (var (fold, part, state) in ((ExperimentRecord, double, ExperimentState)[])[(folds[0], 1, ExperimentState.Finished), (folds[1], 0.5, ExperimentState.Running)])
        {
            var record = late.OpenExperiment(fold.Identity, fold.Name, fold.Fingerprint, fold.Plan);
            late.UpdateExperiment(record.Id, state, "", part * fold.ActiveSeconds, null);
        }

        var left = ExperimentForecast.Of(late, late.Experiments()[0], bench.Time).Parts[^1].Seconds;
        Assert.InRange(left.Median / ((0.5 * folds[1].ActiveSeconds) + folds[2].ActiveSeconds), 0.8, 1.25);
    }

    [Fact]
    public void Of_MoreTrialsDone_LessIsLeft()
    {
        using var bench = Slow();
        bench.Run(bench.Plan(60), jobs: 1);
        var left = new List<double>();
        foreach (var count in (int[])[15, 25, 35, 45, 60, bench.Store.Trials(1).Count])
        {
            using var part = Part(bench.Store, count);
            left.Add(ExperimentForecast.Of(part, part.Experiments().Single(), bench.Time).Left!.Value.Median);
        }

        Assert.Equal(left.OrderDescending(), left);
        Assert.True(left[^1] > 0, "the end, after confirm, takes time too");
    }

    [Fact]
    public void Of_RaisedBudget_MoreIsLeftAndTheEndIsNowAndThat()
    {
        using var bench = Slow();
        bench.Run(bench.Plan(60), jobs: 1);
        using var part = Part(bench.Store, 25);
        var (record, now) = (part.Experiments().Single(), bench.Time.GetLocalNow());
        var (usual, raised) = (ExperimentForecast.Of(part, record, bench.Time), ExperimentForecast.Of(part, record, bench.Time, new BudgetPlan { Trials = 200 }));
        Assert.True(raised.Left!.Value.Median > 2 * usual.Left!.Value.Median);
        Assert.Equal(now.AddSeconds(usual.Left.Value.Median), usual.Ends);
        Assert.Equal(["coarse", "refine", "polish", "confirm", "end"], usual.Parts.Select(p => p.Stage));
        Assert.Equal(60 - 25, usual.Parts.SkipLast(2).Sum(p => p.Trials));
    }

    [Fact]
    public void NotBegun_TimeIsTheBudget_ThatIsWhatItTakesAndADeadlineCutsIt()
    {
        using var bench = new Bench();
        var now = bench.Time.GetLocalNow();
        var forecast = ExperimentForecast.NotBegun(TuneLab.Experiments.Files.PlanJson.Write(bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromHours(2) } }), bench.Time);
        Assert.Equal((7200.0, now.AddHours(2)), (forecast.Left!.Value.Median, forecast.Ends!.Value));
        var cut = forecast.By(now.AddHours(1), now);
        Assert.Equal((3600.0, now.AddHours(1)), (cut.Left!.Value.High, cut.Ends!.Value));
        Assert.Equal(forecast.Left, forecast.By(now.AddHours(3), now).Left);
        Assert.Equal(0, forecast.By(now.AddHours(-3), now).Left!.Value.Median);
        var unknown = ExperimentForecast.NotBegun(TuneLab.Experiments.Files.PlanJson.Write(bench.Plan()), bench.Time);
        Assert.Null(unknown.By(now.AddHours(1), now).Left);
    }

    [Theory]
    [InlineData("2026-03-28T22:00:00Z", 7.5)] // 23:00 before the hour that is left out
    [InlineData("2026-10-24T21:00:00Z", 9.5)] // 23:00 before the hour that comes twice
    [InlineData("2026-06-01T21:00:00Z", 8.5)]
    public void NotBegun_DeadlineAfterTheClockIsChanged_IsTheTimeThatPasses(string now, double hours)
    {
        using var bench = new Bench();
        var plan = bench.Plan() with { Budget = new BudgetPlan { Deadline = new TimeOnly(7, 30) } };
        var forecast = ExperimentForecast.NotBegun(TuneLab.Experiments.Files.PlanJson.Write(plan), new BerlinTime(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
        Assert.Equal(hours * 3600, forecast.Left!.Value.Median);
    }

    [Fact]
    public void WindowNeed_OfAWindow_IsItsParts()
    {
        var left = new SecondsLeft(7200, 3600, 14400);
        var need = WindowNeed.Of(left, TimeSpan.FromHours(4));
        Assert.Equal(new WindowNeed(0.5, 0.25, 1), need);
        Assert.True(need.Fits);
        Assert.False(WindowNeed.Of(left, TimeSpan.FromHours(3)).Fits);
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowNeed.Of(left, TimeSpan.Zero));
    }

    [Fact]
    public void Of_TimeLimits_NoMoreIsLeftThanThat()
    {
        using var bench = Slow();
        bench.Run(bench.Plan(60), jobs: 1);
        using var part = Part(bench.Store, 25);
        var (record, now) = (part.Experiments().Single(), bench.Time.GetLocalNow());
        var timed = ExperimentForecast.Of(part, record, bench.Time, new BudgetPlan { Trials = 60, Time = TimeSpan.FromSeconds(record.ActiveSeconds + 3) });
        Assert.Equal(3, timed.Left!.Value.Median, 6);
        var nightly = ExperimentForecast.Of(part, record, bench.Time, new BudgetPlan { Trials = 60, Deadline = TimeOnly.FromTimeSpan(now.TimeOfDay).Add(TimeSpan.FromSeconds(2)) });
        Assert.Equal(2, nightly.Left!.Value.Median, 3);
    }

    [Fact]
    public void Of_FewTrialsOrAnAnswer_SaysWhyNot()
    {
        using var bench = Slow();
        bench.Run(bench.Plan(), jobs: 1);
        using var part = Part(bench.Store, 3);
        var early = ExperimentForecast.Of(part, part.Experiments().Single(), bench.Time);
        Assert.Null(early.Left);
        Assert.Equal("3 of the first 5 trials have ended", early.NotYet);
        Assert.Equal("it is finished", ExperimentForecast.Of(bench.Store, bench.Store.Experiments().Single(), bench.Time).NotYet);
    }

    [Fact]
    public void Of_SameStore_SaysTheSame()
    {
        using var bench = Slow();
        bench.Run(bench.Plan(), jobs: 1);
        using var part = Part(bench.Store, 12);
        var record = part.Experiments().Single();
        Assert.Equal(ExperimentForecast.Of(part, record, bench.Time).Left, ExperimentForecast.Of(part, record, bench.Time).Left);
    }

    private sealed class BerlinTime(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        public override DateTimeOffset GetUtcNow() => now;
    }

    private static Bench Slow()
    {
        var bench = new Bench();
        bench.Trainer.Taking(bench.Time, RoundMilliseconds);
        return bench;
    }

    // the store as it was when so many trials had ended
    private static MemoryTrialStore Part(ITrialStore store, int count)
    {
        var whole = store.Experiments()[0];
        FinishedTrial[] trials = [.. store.Trials(whole.Id).Take(count)];
        var part = new MemoryTrialStore(TimeProvider.System);
        var record = part.OpenExperiment(whole.Identity, whole.Name, whole.Fingerprint, whole.Plan);
        foreach (var evaluation in store.FindEvaluations([.. trials.SelectMany(t => t.Evaluations)]).Values)
        {
            part.AddEvaluation(evaluation);
        }

        Array.ForEach(trials, t => part.AddTrial(record.Id, t));
        part.UpdateExperiment(record.Id, ExperimentState.Running, "", trials[^1].FinishedSeconds, null);
        return part;
    }
}
