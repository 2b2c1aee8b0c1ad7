using TuneLab.Cli.Output;
using TuneLab.Experiments;
using TuneLab.Storage;

namespace TuneLab.Cli.Progress;

/// <summary>The phrases of a run's progress, the same on a terminal and in a file.</summary>
internal static class ProgressWords
{
    /// <summary><c>refine (pass 1 of 2)</c>.</summary>
    public static string Stage(StageStart stage)
        => stage.Passes > 1 ? string.Create(CultureInfo.InvariantCulture, $"{stage.Stage} (pass {stage.PassOfStage} of {stage.Passes})") : stage.Stage;

    /// <summary><c>40 trials of boosting, linear on 20 % of the rows</c>.</summary>
    public static string Task(StageStart stage)
    {
        var trials = stage.Trials is { } count ? Words.Count(count, "trial") : "trials until the time is up,";
        return $"{trials} of {string.Join(", ", stage.Trainers)} on {stage.Fidelity}";
    }

    /// <summary><c>23 of 100 trials, 3 cached, 1 failed</c>; what is zero is left out.</summary>
    public static string Counts(RunProgress progress)
    {
        var text = progress.Planned is { } planned
            ? string.Create(CultureInfo.InvariantCulture, $"{progress.Trials} of {Words.Count(planned, "trial")}")
            : Words.Count(progress.Trials, "trial");
        return text + Part(progress.Cached, "cached") + Part(progress.Failed, "failed") + Part(progress.Pruned, "pruned");
    }

    /// <summary><c>best auc 0.8512, baseline 0.8412 (0.0100 better)</c>; empty while nothing is known.</summary>
    public static string Scores(RunProgress progress)
    {
        if (double.IsNaN(progress.Best))
        {
            return "";
        }

        var text = $"best {progress.Metric.Id} {Words.Score(progress.Best)}";
        if (double.IsNaN(progress.Baseline))
        {
            return text;
        }

        var gain = progress.Metric.Gain(progress.Best, progress.Baseline);
        return text + $", baseline {Words.Score(progress.Baseline)}" + (gain > 0 ? $" ({Words.Difference(gain)} better)" : "");
    }

    /// <summary><c>40 trials, as planned</c>, or <c>its share of the time is used; 1 trial</c>: why a stage ended, and how many trials it had where that does not say.</summary>
    public static string Ended(StageRecord stage) => stage.Reason + (stage.Exit == "trials" ? "" : "; " + Words.Count(stage.Trials, "trial"));

    /// <summary><c>6.2 trials/s, about 4:00 left, 3:00 to 6:00</c>; empty while nothing is known.</summary>
    public static string Pace(double rate, TimeSpan? remaining, (TimeSpan Low, TimeSpan High)? between = null)
    {
        var pace = double.IsNaN(rate) ? "" : rate >= 0.1 ? rate.ToString("0.0", CultureInfo.InvariantCulture) + " trials/s" : (rate * 60).ToString("0.0", CultureInfo.InvariantCulture) + " trials/min";
        var left = remaining is { } time ? "about " + Words.Clock(time) + " left" + (between is var (low, high) ? $", {Words.Clock(low)} to {Words.Clock(high)}" : "") : "";
        return pace.Length > 0 && left.Length > 0 ? pace + ", " + left : pace + left;
    }

    /// <summary><c>trial 12, boosting: auc 0.8512</c>, or why there is no score.</summary>
    public static string Trial(FinishedTrial trial, RunProgress progress)
        => string.Create(CultureInfo.InvariantCulture, $"trial {trial.Number}, {trial.Configuration.Trainer}: ")
            + (trial.Status == TrialStatus.Completed ? $"{progress.Metric.Id} {Words.Score(trial.Score)}" : trial.Status.ToString().ToLowerInvariant() + ": " + trial.Reason)
            + (trial.Cached ? " (cached)" : "");

    private static string Part(int count, string what) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count} {what}");
}
