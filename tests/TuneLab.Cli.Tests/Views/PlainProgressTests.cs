using TuneLab.Cli.Progress;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Metrics;
using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Testing;

namespace TuneLab.Cli.Tests.Views;

public sealed class PlainProgressTests : IDisposable
{
    private static readonly Metric Auc = MetricCatalog.Get("auc", LearningTask.Binary);
    private readonly ManualTime _time = new();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    [Theory]
    [InlineData(false, "progress-plain")]
    [InlineData(true, "progress-verbose")]
    public void Lines_OfARun_AreTheGoldenFile(bool verbose, string file)
    {
        var progress = new PlainProgress(_output, _time, (_, _) => { }, verbose);
        progress.StageStarted(new StageStart(0, "defaults", 1, 1, 2, ["boosting", "linear"], new Fidelity(1, 1, 1)));
        End(progress, 0, 1, 0.84, best: 0.84, baseline: double.NaN);
        End(progress, 1, 1, 0.80, best: 0.84, baseline: 0.84);
        progress.StageEnded(new StageRecord(0, "defaults", "trials", "2 trials, as planned", 2, 2, []));
        progress.StageStarted(new StageStart(1, "coarse", 1, 1, 20, ["boosting", "linear"], new Fidelity(0.2, 1, 1)));
        for (var i = 2; i < 20; i++)
        {
            End(progress, i, 1.5, 0.8 + (i == 7 ? 0.06 : 0), best: i < 7 ? 0.84 : 0.86, baseline: 0.84, failed: i == 9);
        }

        progress.StageEnded(new StageRecord(1, "coarse", "trials", "18 trials, as planned", 18, 27, []));
        progress.StageStarted(new StageStart(2, "refine", 1, 2, null, ["boosting"], new Fidelity(0.5, 1, 1)));
        progress.Note("stopping");
        progress.StageEnded(new StageRecord(2, "refine", "stopped", "a stop was asked for", 0, 0, ["boosting.leaves: 8 to 66 (was 4 to 256)"]));
        Golden.Matches($"tests/TuneLab.Cli.Tests/Golden/{file}.txt", _output.ToString());
    }

    [Fact]
    public void Trials_ThatBringNothingNew_AreSilentForTenSeconds()
    {
        var progress = new PlainProgress(_output, _time, (_, _) => { }, verbose: false);
        progress.StageStarted(new StageStart(0, "coarse", 1, 1, 1000, ["linear"], new Fidelity(1, 1, 1)));
        for (var i = 0; i < 100; i++)
        {
            End(progress, i, 0.25, 0.8, best: 0.84, baseline: 0.84);
        }

        // stage, first best, and a sign of life at 10 and 20 of the 25 seconds
        Assert.Equal(4, _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    public void Dispose() => _output.Dispose();

    private void End(PlainProgress progress, int number, double seconds, double score, double best, double baseline, bool failed = false)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        var elapsed = _time.GetUtcNow() - new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
        progress.TrialFinished(
            new FinishedTrial
            {
                Number = number,
                Stage = "coarse",
                Pass = 1,
                Configuration = new Configuration(number % 2 == 0 ? "boosting" : "linear", []),
                Status = failed ? TrialStatus.Failed : TrialStatus.Completed,
                Cached = number == 3,
                Scores = failed ? [] : [score, score],
                Rows = 1,
                Rounds = 1,
                StartedSeconds = 0,
                FinishedSeconds = 0,
                FitSeconds = 0,
                ScoreSeconds = 0,
                Reason = failed ? "no row has a label" : "",
                Evaluations = [],
            },
            new RunProgress(number + 1, 40, number >= 3 ? 1 : 0, number >= 9 ? 1 : 0, 0, best, baseline, Auc, elapsed, TimeSpan.FromSeconds(60 - elapsed.TotalSeconds)));
    }
}
