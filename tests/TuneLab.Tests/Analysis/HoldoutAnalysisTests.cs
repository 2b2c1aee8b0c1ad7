using TuneLab.Analysis;
using TuneLab.Analysis.Holdout;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Output;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Tests.Analysis;

public sealed class HoldoutAnalysisTests
{
    [Fact]
    public void RankingCurves_SmallCase_AreByHand()
    {
        var curves = RankingCurves.Of(Binary([1, 0, 1, 0, 1], [0.9, 0.8, 0.8, 0.3, 0.2]))!;
        Assert.Equal([(0, 0), (0, 1 / 3.0), (0.5, 2 / 3.0), (1, 2 / 3.0), (1, 1)], curves.Roc.Select(p => (p.X, p.Y)));
        Assert.Equal([(1 / 3.0, 1), (2 / 3.0, 2 / 3.0), (2 / 3.0, 0.5), (1, 0.6)], curves.PrecisionRecall.Select(p => (p.X, p.Y)));
        Assert.Equal(0.6, curves.PositiveShare);
    }

    [Fact]
    public void RankingCurves_ManyRows_AreThinnedAndKeepTheArea()
    {
        var rows = Noisy(5000, 1);
        var curves = RankingCurves.Of(rows)!;
        Assert.InRange(curves.Roc.Count, 100, RankingCurves.Most);
        var area = curves.Roc.Zip(curves.Roc.Skip(1), (a, b) => (b.X - a.X) * (a.Y + b.Y) / 2).Sum();
        Assert.Equal(MetricCatalog.Get("auc", LearningTask.Binary).Score(rows), area, 0.003);
        Assert.Equal((1, 1), (curves.Roc[^1].X, curves.Roc[^1].Y));
    }

    [Fact]
    public void RankingCurves_OneClass_HaveNothingToSay() => Assert.Null(RankingCurves.Of(Binary([1, 1], [0.5, 0.6])));

    [Fact]
    public void Calibration_TrueProbabilities_AreOnTheLine()
    {
        var calibration = Calibration.Of(Noisy(20_000, 2))!;
        Assert.Equal(10, calibration.Bins.Count);
        Assert.Equal(20_000, calibration.Bins.Sum(b => b.Rows));
        Assert.InRange(calibration.Error, 0, 0.015);
        Assert.InRange(calibration.Bins.Count(b => b.Low <= b.Predicted && b.Predicted <= b.High), 8, 10);
    }

    [Fact]
    public void Calibration_Interval_IsWilsons()
    {
        // 8 of 20 by Wilson 1927: statsmodels.stats.proportion.proportion_confint(8, 20, method="wilson")
        var truth = Enumerable.Range(0, 40).Select(i => i < 20 ? i < 8 ? 1.0 : 0.0 : 1.0).ToArray();
        var bin = Calibration.Of(Binary(truth, [.. Enumerable.Range(0, 40).Select(i => i < 20 ? 0.4 : 0.9)]))!.Bins[0];
        Assert.Equal((0.4, 0.4, 20), (Math.Round(bin.Predicted, 12), bin.Observed, bin.Rows));
        Assert.Equal(0.2188065, bin.Low, 1e-6);
        Assert.Equal(0.6134185, bin.High, 1e-6);
    }

    [Fact]
    public void Confusion_CountsRowsByTrueAndPredictedClass()
        => Assert.Equal([[1, 1], [1, 2]], ConfusionTable.Of(Binary([0, 0, 1, 1, 1], [0.2, 0.7, 0.6, 0.4, 0.9]), ["no", "yes"]).Counts);

    [Fact]
    public void ErrorSlices_APartWithHighLoss_IsFoundByName()
    {
        var table = Table(2000, 3);
        var rows = Enumerable.Range(0, 2000).ToArray();
        var random = new Seed(4).Random();
        var plan = (CategoryColumn)table.Data["plan"];
        double[] losses = [.. rows.Select(i => random.NextDouble() + (plan.Text(i) == "b" ? 0.5 : 0))];
        var slice = Assert.Single(ErrorSlices.Find(table, rows, losses, new Seed(5)), s => s.Where.Contains("plan is b"));
        Assert.InRange(slice.P, 0, 1e-6);
        Assert.Equal(1.0, slice.Loss, 0.1);
        Assert.True(slice.Loss > slice.Rest + 0.3);
    }

    [Fact]
    public void ErrorSlices_LossesByChance_AreSeldomCalledWorse()
    {
        var (table, rows) = (Table(600, 6), Enumerable.Range(0, 600).ToArray());
        var found = Enumerable.Range(0, 100).Count(seed =>
        {
            var random = new Seed((ulong)seed).Random();
            return ErrorSlices.Find(table, rows, [.. rows.Select(_ => -Math.Log(1 - random.NextDouble()))], new Seed((ulong)seed).Child("find")).Count > 0;
        });

        // at the 5 % level for all slices of a table together; 12 of 100 has a chance of 0.4 %
        Assert.InRange(found, 0, 11);
    }

    [Fact]
    public void PermutationImportance_AColumnThatTheModelIgnores_LosesNothing()
    {
        var table = Table(1500, 7);
        var rows = Enumerable.Range(0, 1500).ToArray();
        var metric = MetricCatalog.Get("auc", LearningTask.Binary);
        var one = Importance(1);
        Assert.Equal(["x"], one[0].Columns);
        Assert.InRange(one[0].Effect, 0.2, 0.5);
        Assert.True(one[0].Low < one[0].Effect && one[0].Effect < one[0].High && one[0].Low > 0.15);
        Assert.All(one.Skip(1), f => Assert.Equal((0, 0, 0), (f.Effect, f.Low, f.High)));
        Assert.Equal(one.Select(f => (f.Effect, f.Low, f.High)), Importance(4).Select(f => (f.Effect, f.Low, f.High)));

        IReadOnlyList<FeatureImportance> Importance(int threads) => PermutationImportance.Of(table, rows, [["noise"], ["x"], ["plan"]], metric, d => [.. ((NumberColumn)d["x"]).Values.Select(v => 1 / (1 + Math.Exp(-v)))], new Seed(8), () => true, threads);
    }

    [Fact]
    public void PermutationImportance_NoTime_LeavesGroupsOut()
        => Assert.Empty(PermutationImportance.Of(Table(50, 9), [.. Enumerable.Range(0, 50)], [["x"]], MetricCatalog.Get("auc", LearningTask.Binary), d => new double[d.RowCount], new Seed(1), () => false));

    [Fact]
    public void ColumnGroups_ColumnsThatSayTheSame_AreTogether()
    {
        var x = ((NumberColumn)Table(300, 10).Data["x"]).Values;
        var codes = Enumerable.Range(0, 300).Select(i => i % 3).ToArray();
        var data = new Dataset("t", [new NumberColumn("a", x), new NumberColumn("b", [.. x.Select(v => -Math.Exp(v))]), new NumberColumn("c", [.. Enumerable.Range(0, 300).Select(i => (double)(i * 7 % 100))]),
            new CategoryColumn("d", codes, ["p", "q", "r"]), new CategoryColumn("e", [.. codes.Select(c => 2 - c)], ["u", "v", "w"]), new CategoryColumn("y", [.. codes.Select(c => c == 0 ? 1 : 0)], ["n", "y"])]);
        var table = TaskTableBuilder.Build(data, new DataRoles { Label = "y" });
        Assert.Equal(["a b", "c", "d e"], ColumnGroups.Of(table, [.. Enumerable.Range(0, 300)]).Select(g => string.Join(' ', g)));
    }

    [Fact]
    public void AnalysisJson_ReadsBackWhatItWrote()
    {
        var (table, rows) = (Table(400, 11), Enumerable.Range(0, 400).ToArray());
        var analysis = ExperimentAnalysis.None("not here") with
        {
            Holdout = Analyzed<HoldoutAnalysis>.Of(HoldoutAnalysis.Of(table, rows, new Predictions(LearningTask.Binary, table.Target, [.. ((NumberColumn)table.Data["x"]).Values.Select(v => 1 / (1 + Math.Exp(-v)))], 1), new Seed(1))),
            Features = new Analyzed<IReadOnlyList<FeatureImportance>>([new FeatureImportance(["x", "z"], 0.1, double.NaN, 0.2)], null),
        };
        var read = AnalysisJson.Read(AnalysisJson.Write(analysis))!;
        Assert.Equal(AnalysisJson.Write(analysis), AnalysisJson.Write(read));
        Assert.Equal(analysis.Holdout.Value!.Worst[0].Values, read.Holdout.Value!.Worst[0].Values);
        Assert.Equal(analysis.Holdout.Value.Ranking!.Roc, read.Holdout.Value.Ranking!.Roc);
        Assert.Equal(double.NaN, read.Features.Value![0].Low);
        Assert.Null(AnalysisJson.Read("{\"holdout\":3}"u8.ToArray()));
    }

    private static Predictions Binary(double[] truth, double[] values) => new(LearningTask.Binary, truth, values, 1);

    // labels drawn with the predicted probabilities
    private static Predictions Noisy(int rows, ulong seed)
    {
        var random = new Seed(seed).Random();
        double[] values = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        return Binary([.. values.Select(v => random.NextDouble() < v ? 1.0 : 0.0)], values);
    }

    private static TaskTable Table(int rows, ulong seed)
    {
        var random = new Seed(seed).Random();
        double[] x = [.. Enumerable.Range(0, rows).Select(_ => 2 * random.NextNormal())];
        return TaskTableBuilder.Build(new Dataset("t",
        [
            new NumberColumn("x", x), new NumberColumn("noise", [.. Enumerable.Range(0, rows).Select(_ => random.NextNormal())]),
            new CategoryColumn("plan", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(3))], ["a", "b", "c"]),
            new CategoryColumn("y", [.. x.Select(v => random.NextDouble() < 1 / (1 + Math.Exp(-v)) ? 1 : 0)], ["no", "yes"]),
        ]), new DataRoles { Label = "y" });
    }
}
