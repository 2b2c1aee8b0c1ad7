using TuneLab.Experiments;
using TuneLab.Experiments.Output;
using TuneLab.Experiments.Studies;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>What a run is asked for beside its answer.</summary>
public sealed class StudiesTests
{
    [Fact]
    public void Run_AskedAfterTheAnswer_ComputesTheStudiesOnly()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan());
        Assert.Equal("it was not asked for", Analysis(bench).Ablation.NotYet);
        bench.With = o => o with { Ablate = true, Perturb = true };
        var again = bench.Run(bench.Plan());
        Assert.Equal(0, again.Evaluations.Computed);
        var (ablation, stability) = (Analysis(bench).Ablation.Value!, Analysis(bench).Stability.Value!);

        // the label goes by a to the third and by b
        Assert.Equal(["a", "b"], ablation.Select(a => a.Columns[0]));
        Assert.All(ablation, a => Assert.True(a.Low <= a.Effect && a.Effect <= a.High && a.P is >= 0 and <= 1));
        Assert.True(ablation[0].Effect > 0.05);

        Assert.Equal(again.Best.Trial, stability.Trials[0].Trial);
        Assert.Contains(stability.Trials, t => t.Trial == again.Baseline.Trial);
        Assert.All(stability.Trials, t => Assert.Equal((5, 5), (t.SeedScores.Count, t.DataScores.Count)));
        Assert.True(stability.Trials.Sum(t => t.First) >= 10);
        Assert.InRange(stability.Agreement, 0, 1);
        Assert.All(stability.Trials, t => Assert.Equal(10, t.SeedScores.Concat(t.DataScores).Append(t.Score).Distinct().Count() - 1));
    }

    [Fact]
    public void Run_AskedAtOnce_FindsTheSameAtAnyNumberOfJobs()
    {
        var found = new[] { 1, 4 }.Select(jobs =>
        {
            using var bench = new Bench { With = o => o with { Ablate = true, Perturb = true } };
            bench.Run(bench.Plan(12), jobs);
            return Analysis(bench);
        }).ToList();
        Assert.Equal(AnalysisJson.Write(found[0]), AnalysisJson.Write(found[1]));
        Assert.NotNull(found[0].Stability.Value);
    }

    [Fact]
    public void Run_LearningCurve_IsOfTheWinnerOnPartsOfTheRows()
    {
        using var bench = new Bench { With = o => o with { LearningCurve = true } };
        var result = bench.Run(bench.Plan(12));
        var analysis = Analysis(bench);
        var curve = analysis.Rows.Value!;
        Assert.Equal([16, 32, 64, 96, 128], curve.Points.Select(p => Math.Round(p.Size))); // of 192 rows in three folds
        Assert.Equal(result.Best.Validation.Mean, curve.Points[^1].Score, 1e-12);
        Assert.Equal(256, curve.Forecast.Size, 1);
        Assert.True(curve.Forecast.Low <= curve.Forecast.Value && curve.Forecast.Value <= curve.Forecast.High);
    }

    private static ExperimentAnalysis Analysis(Bench bench) => AnalysisJson.Read(bench.Store.FindBlob(1, "analysis.json")!)!;
}
