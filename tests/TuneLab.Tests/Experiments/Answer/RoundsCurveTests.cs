using TuneLab.Analysis.LearningCurves;
using TuneLab.Experiments.Answer;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Tests.Experiments.Answer;

public sealed class RoundsCurveTests
{
    private static readonly int[] Grid = [1, 2, 4, 7, 12, 20, 33, 50, 70, 100, 140, 200];
    private static readonly Objective Auc = new ReportedScore("auc", true);
    private static readonly Configuration Configuration = new("boosting", [new("rounds", 200)]);

    // one whose rounds are a hyperparameter, as those of boosting are
    private static readonly TrainerInfo Trainer = new GradientTrainer("boosting").Info with { MaxRounds = c => c.Whole("rounds", 0), Settled = (c, rounds) => c.With("rounds", rounds) };

    [Fact]
    public void More_LossStillFalls_LooksAheadToTwiceTheRounds()
    {
        var curve = Of(r => 1 / Math.Sqrt(r)).More(Trainer, Configuration, new Seed(1)).Value!;
        Assert.Equal([12, 20, 50, 100, 200], curve.Points.Select(p => p.Size));
        Assert.Equal(400, curve.Forecast.Size);
        Assert.Equal(0.9 - 0.2 / 20, curve.Forecast.Value, 2e-3);
        Assert.True(curve.Forecast.Low <= curve.Points[^1].Score && curve.Forecast.High > 0.89); // it may stay what it is
        Assert.StartsWith("Twice the rounds would bring auc to about 0.89", curve.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void More_LossRisesAgain_SaysSo()
        => Assert.Equal("the loss is least after 50 and rises again until 200, so more rounds overfit", Of(r => Math.Abs(Math.Log(r / 50.0))).More(Trainer, Configuration, new Seed(1)).NotYet);

    [Fact]
    public void More_LossStaysWhereItWas_SaysSo()
        => Assert.Equal("the loss is least after 50 and no lower until 200, so more rounds bring nothing that shows", Of(r => r <= 50 ? 1 / Math.Sqrt(r) : 1e-6 + 1 / Math.Sqrt(50)).More(Trainer, Configuration, new Seed(1)).NotYet);

    [Fact]
    public void More_NothingLeft_SaysSo()
        => Assert.Contains("nothing is left to learn after 200", Of(r => 1.0 / r, Evaluation.NothingLeft).More(Trainer, Configuration, new Seed(1)).NotYet, StringComparison.Ordinal);

    [Fact]
    public void More_RoundsThatEnd_SaysSo()
        => Assert.Equal("boosting has no more of them than 200", Of(r => 1.0 / r).More(Trainer with { MaxRounds = _ => 200, Settled = (c, _) => c }, Configuration, new Seed(1)).NotYet);

    [Fact]
    public void Points_FewCheckpoints_AreNone() => Assert.Null(new RoundsCurve([], Auc).Points());

    private static RoundsCurve Of(Func<int, double> loss, string stopped = "the last round")
        => new([.. Enumerable.Range(0, 5).Select(fold => new Evaluation
        {
            Key = fold.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Trainer = "boosting",
            Configuration = "",
            Rounds = Grid,
            Losses = [.. Grid.Select((r, i) => loss(r) + 0.01 * fold + 1e-4 * Noise(fold, i))],
            Metrics = ["logloss", "auc"],
            Scores = [.. Grid.SelectMany((r, i) => (double[])[loss(r), 0.9 - 0.2 / Math.Sqrt(r) + 0.01 * fold - 0.02 + 2e-4 * Noise(fold, i)])],
            FitSeconds = 1,
            ScoreSeconds = 0.1,
            PeakMemoryBytes = 0,
            Stopped = stopped,
            TrainRows = 400,
            ValidRows = 100,
        })], Auc);

    // the same mean over the folds at every checkpoint
    private static double Noise(int fold, int checkpoint) => Math.Sin(2 * Math.PI * (fold + 0.37 * checkpoint) / 5);
}
