using TuneLab.Cli.Output;
using TuneLab.Experiments;
using TuneLab.Storage;

namespace TuneLab.Cli.Progress;

/// <summary>Progress as plain lines, for files and pipes: a line per stage begun and ended, per new best, and a sign of life when ten seconds brought none of these.</summary>
/// <param name="output">Where to.</param>
/// <param name="time">The clock.</param>
/// <param name="describe">Writes the plan once it is settled.</param>
/// <param name="verbose">Whether every trial gets a line, and every note of a stage.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider time, Action<ExperimentStart, TextWriter> describe, bool verbose) : IExperimentMonitor
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private readonly long _begin = time.GetTimestamp();
    private readonly TrialRate _rate = new();
    private readonly Lock _lock = new(); // a note about a signal comes from another thread
    private string _stage = "";
    private double _best = double.NaN;
    private long _last;

    public void Started(ExperimentStart start)
    {
        describe(start, output);
        output.WriteLine();
    }

    public void StageStarted(StageStart stage)
    {
        _stage = ProgressWords.Stage(stage);
        Line($"{_stage}: {ProgressWords.Task(stage)}");
    }

    public void TrialFinished(FinishedTrial trial, RunProgress progress)
    {
        _rate.Add(trial, progress);
        var better = progress.Metric.Gain(progress.Best, _best) > 0 || (double.IsNaN(_best) && !double.IsNaN(progress.Best));
        if (better)
        {
            _best = progress.Best;
        }

        if (verbose)
        {
            Line(ProgressWords.Trial(trial, progress));
        }

        if (better || time.GetElapsedTime(_last) >= Silence)
        {
            Line(Join($"{_stage}: {ProgressWords.Counts(progress)}", ProgressWords.Scores(progress), ProgressWords.Pace(_rate.At(progress.Elapsed), progress.Remaining, progress.Between)));
        }
    }

    public void StageEnded(StageRecord stage)
    {
        Line($"{stage.Stage} ended: {ProgressWords.Ended(stage)}");
        foreach (var note in verbose ? stage.Notes : [])
        {
            Line("  " + note);
        }
    }

    public void Note(string message) => Line("note: " + message);

    public void Finished(ExperimentResult result)
    {
    }

    private static string Join(params string[] parts) => string.Join("; ", parts.Where(p => p.Length > 0));

    private void Line(string text)
    {
        lock (_lock)
        {
            _last = time.GetTimestamp();
            output.WriteLine($"[{Words.Clock(time.GetElapsedTime(_begin))}] {text}");
        }
    }
}
