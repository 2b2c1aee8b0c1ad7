using System.Globalization;
using TuneLab.Experiments.Forecasting;
using TuneLab.Storage;

namespace TuneLab.Benchmarks.Forecasts;

/// <summary>A finished experiment, and what was forecast of its rest when some of its trials had ended.</summary>
/// <param name="Then">The forecast as it stood.</param>
/// <param name="Wall">Wall seconds that the rest took, to the written files.</param>
/// <param name="Processor">Processor seconds that the rest took over those that the forecast comes to at the pace of the time before it; NaN where they were not logged.</param>
internal sealed record Replay(Forecast Then, double Wall, double Processor)
{
    /// <summary>What the rest took over what was forecast, in wall seconds.</summary>
    public double WallRatio => Wall / Then.Left!.Value.Median;

    /// <summary>Replays the store's first experiment.</summary>
    /// <param name="store">With the finished experiment.</param>
    /// <param name="after">How many trials had ended.</param>
    /// <param name="log">Processor seconds by wall seconds, or null.</param>
    public static Replay Of(ITrialStore store, int after, IReadOnlyList<(double Seconds, double Processor)>? log)
    {
        var whole = store.Experiments()[0];
        FinishedTrial[] known = [.. store.Trials(whole.Id).OrderBy(t => t.FinishedSeconds).Take(after)];
        var then = known[^1].FinishedSeconds;
        using var before = new MemoryTrialStore(TimeProvider.System);
        var record = before.OpenExperiment(whole.Identity, whole.Name, whole.Fingerprint, whole.Plan);
        foreach (var evaluation in store.FindEvaluations([.. known.SelectMany(t => t.Evaluations)]).Values)
        {
            before.AddEvaluation(evaluation);
        }

        foreach (var trial in known)
        {
            before.AddTrial(record.Id, trial);
        }

        before.UpdateExperiment(record.Id, ExperimentState.Running, "", then, null);
        var forecast = ExperimentForecast.Of(before, before.Experiments()[0], TimeProvider.System);
        if (log is null)
        {
            return new Replay(forecast, whole.ActiveSeconds - then, double.NaN);
        }

        var begin = known.Min(t => t.StartedSeconds);
        var pace = (At(log, then) - At(log, begin)) / (then - begin);
        return new Replay(forecast, whole.ActiveSeconds - then, (log[^1].Processor - At(log, then)) / (pace * forecast.Left!.Value.Median));
    }

    /// <summary>Reads a log: a line for each look, seconds and processor seconds.</summary>
    public static IReadOnlyList<(double Seconds, double Processor)>? Log(string file)
        => !File.Exists(file) ? null : [.. File.ReadLines(file).Select(l => l.Split(',')).Select(f => (double.Parse(f[0], CultureInfo.InvariantCulture), double.Parse(f[1], CultureInfo.InvariantCulture)))];

    private static double At(IReadOnlyList<(double Seconds, double Processor)> log, double seconds) => log.LastOrDefault(l => l.Seconds <= seconds, log[0]).Processor;
}
