using Spectre.Console;
using TuneLab.Cli.Output;
using TuneLab.Experiments;
using TuneLab.Storage;

namespace TuneLab.Cli.Progress;

/// <summary>Progress on a terminal: a few lines that are drawn anew four times a second, and above them, for good, what has ended.</summary>
internal sealed class LiveProgress : IExperimentMonitor
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly IAnsiConsole _console;
    private readonly LiveDisplayContext _display;
    private readonly TimeProvider _time;
    private readonly Action<ExperimentStart, TextWriter> _describe;
    private readonly long _begin;
    private readonly Lock _lock = new(); // the timer draws while the runner tells
    private readonly TrialRate _rate = new();
    private StageStart? _stage;
    private RunProgress? _progress;
    private long _progressAt;

    private LiveProgress(IAnsiConsole console, LiveDisplayContext display, TimeProvider time, Action<ExperimentStart, TextWriter> describe)
        => (_console, _display, _time, _describe, _begin) = (console, display, time, describe, time.GetTimestamp());

    /// <summary>Works while the terminal shows how far it is; the drawn lines are gone afterwards.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="describe">Writes the plan once it is settled.</param>
    /// <param name="work">The work, which gets the monitor to tell.</param>
    public static T Show<T>(IAnsiConsole console, TimeProvider time, Action<ExperimentStart, TextWriter> describe, Func<IExperimentMonitor, T> work)
        => console.Live(Frame([" ", "reading the data ..."])).AutoClear(true).Start(display =>
        {
            var progress = new LiveProgress(console, display, time, describe);
            using var timer = time.CreateTimer(_ => progress.Draw(), null, Interval, Interval);
            return work(progress);
        });

    public void Started(ExperimentStart start)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _describe(start, text);
        Print(text.ToString()); // its last line end leaves a blank line
    }

    public void StageStarted(StageStart stage)
    {
        lock (_lock)
        {
            _stage = stage;
        }
    }

    public void TrialFinished(FinishedTrial trial, RunProgress progress)
    {
        lock (_lock)
        {
            _rate.Add(trial, progress);
            (_progress, _progressAt) = (progress, _time.GetTimestamp());
        }
    }

    public void StageEnded(StageRecord stage)
        => Print($"{stage.Stage} ended after {Words.Seconds(stage.Seconds)}: {ProgressWords.Ended(stage)}");

    public void Note(string message) => Print("note: " + message);

    public void Finished(ExperimentResult result)
    {
    }

    private void Print(string text)
    {
        lock (_lock)
        {
            // goes above what is drawn, over its first lines: blanks wipe out what is longer there
            var width = _console.Profile.Width - 1;
            foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
            {
                for (var from = 0; from == 0 || from < line.Length; from += width)
                {
                    _console.WriteLine(line[from..Math.Min(line.Length, from + width)].PadRight(width));
                }
            }
        }
    }

    private void Draw()
    {
        lock (_lock)
        {
            if (_stage is not null)
            {
                _display.UpdateTarget(Frame(Lines(_stage)));
            }
        }
    }

    // at least two lines: for one, Spectre asks the terminal to go up by zero lines, which most read as one
    private static Rows Frame(IEnumerable<string> lines) => new(lines.Select(line => new Markup(line)));

    private IEnumerable<string> Lines(StageStart stage)
    {
        yield return " ";
        yield return $"[bold]{Markup.Escape(ProgressWords.Stage(stage))}[/]: {Markup.Escape(ProgressWords.Task(stage))}";
        var elapsed = _time.GetElapsedTime(_begin);
        if (_progress is not { } progress)
        {
            yield return $"{Words.Clock(elapsed)} gone";
            yield break;
        }

        var sinceTold = _time.GetElapsedTime(_progressAt);
        TimeSpan? left = progress.Remaining is { } remaining ? Since(remaining) : null;
        var done = progress.Planned is { } planned and > 0 ? (double)progress.Trials / planned : left is { } rest ? elapsed / (elapsed + rest) : double.NaN;
        yield return (double.IsNaN(done) ? "" : Bar(done) + "  ") + Markup.Escape(ProgressWords.Counts(progress));
        if (ProgressWords.Scores(progress) is { Length: > 0 } scores)
        {
            var better = progress.Metric.Gain(progress.Best, progress.Baseline) > 0;
            yield return better ? $"[green]{Markup.Escape(scores)}[/]" : Markup.Escape(scores);
        }

        var pace = ProgressWords.Pace(_rate.At(progress.Elapsed + sinceTold), left, progress.Between is var (low, high) ? (Since(low), Since(high)) : null);
        yield return $"{Words.Clock(elapsed)} gone" + (pace.Length > 0 ? ", " + Markup.Escape(pace) : "");

        TimeSpan Since(TimeSpan span) => span > sinceTold ? span - sinceTold : TimeSpan.Zero;
    }

    private static string Bar(double done)
    {
        const int width = 30;
        var full = (int)(Math.Clamp(done, 0, 1) * width);
        return "[green]" + new string('━', full) + "[/][grey]" + new string('━', width - full) + "[/]";
    }
}
