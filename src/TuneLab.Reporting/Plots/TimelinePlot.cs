using TuneLab.Experiments;
using TuneLab.Reporting.Text;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>When trials ran, as many rows as ran at once, and which stages they were of.</summary>
internal static class TimelinePlot
{
    private const double Left = 20, Right = 430, Top = 34, RowHeight = 18;
    private const int MostRows = 16;

    public static ReportBlock? Draw(RunRecord record)
    {
        var trials = record.Trials.Where(t => t.FinishedSeconds > t.StartedSeconds && t.FinishedSeconds >= 0).OrderBy(t => t.StartedSeconds).ThenBy(t => t.Number).ToList();
        if (trials.Count < 2)
        {
            return null;
        }

        var end = trials.Max(t => t.FinishedSeconds);
        var rows = Rows(trials);
        var count = Math.Min(MostRows, rows.Values.Max() + 1);
        var bottom = Top + (count * RowHeight);
        var trainers = record.Start.Plan.Trainers.Select(t => t.Trainer.Info.Id).ToList();
        var alternative = $"{Show.Count(trials.Count, "trial")} over {Show.Seconds(end)} of the experiment's active time, {Show.Count(rows.Values.Max() + 1, "trial")} at once at most. "
            + string.Join(", ", trainers.Where(id => trials.Exists(t => t.Configuration.Trainer == id)).Select(id => $"{id} {Show.Seconds(trials.Where(t => t.Configuration.Trainer == id).Sum(t => t.FitSeconds))} of fitting")) + ".";
        List<LegendItem> items = [.. trainers.Select((id, i) => new LegendItem(id, null, DotStyle.Of(i))).Where(item => trials.Exists(t => t.Configuration.Trainer == item.Text))];
        var legend = new PlotLegend(items, Right - Left);
        var canvas = new SvgCanvas(Right + 20, bottom + 52 + legend.Height, alternative);
        var x = new PlotAxis(0, end, Left, Right, 6);
        var unit = (Right - Left) / end;
        foreach (var row in trials.GroupBy(t => Math.Min(count - 1, rows[t.Number])))
        {
            // thousands of bars narrower than a line are one
            (double From, double To, int Trainer)? open = null;
            foreach (var trial in row)
            {
                var (from, to, trainer) = (trial.StartedSeconds, trial.FinishedSeconds, Math.Max(0, trainers.IndexOf(trial.Configuration.Trainer)));
                if (open is { } bar && bar.Trainer == trainer && (from - bar.To) * unit < 0.5 && (to - from) * unit < 2)
                {
                    open = (bar.From, Math.Max(bar.To, to), trainer);
                    continue;
                }

                Flush(row.Key);
                open = (from, to, trainer);
            }

            Flush(row.Key);

            void Flush(int at)
            {
                if (open is { } bar)
                {
                    canvas.Box(x.At(bar.From), Top + (at * RowHeight) + 2, Math.Max(0.6, ((bar.To - bar.From) * unit) - 0.4), RowHeight - 4, "span t" + (bar.Trainer % DotStyle.Colours).ToString(CultureInfo.InvariantCulture), 0.8);
                }
            }
        }

        Stages(canvas, x, trials, bottom);
        foreach (var (value, label) in x.Ticks)
        {
            canvas.Line(x.At(value), bottom, x.At(value), bottom + 5, "axis");
            canvas.Text(x.At(value), bottom + 18, label, "middle");
        }

        canvas.Line(Left, bottom, Right, bottom, "axis");
        canvas.Text((Left + Right) / 2, bottom + 36, "seconds of active time", "middle");
        legend.Draw(canvas, Left, bottom + 60);
        return new FigureBlock("Timeline", alternative, canvas.ToString());
    }

    // the first row that is free
    private static Dictionary<int, int> Rows(List<FinishedTrial> trials)
    {
        var (rows, free) = (new Dictionary<int, int>(), new List<double>());
        foreach (var trial in trials)
        {
            var row = free.FindIndex(until => until <= trial.StartedSeconds + 1e-9);
            if (row < 0)
            {
                row = free.Count;
                free.Add(0);
            }

            free[row] = trial.FinishedSeconds;
            rows[trial.Number] = row;
        }

        return rows;
    }

    // where stages begin; a name only where it has room
    private static void Stages(SvgCanvas canvas, PlotAxis x, List<FinishedTrial> trials, double bottom)
    {
        var taken = double.NegativeInfinity;
        string? before = null;
        foreach (var trial in trials)
        {
            if (trial.Stage == before)
            {
                continue;
            }

            before = trial.Stage;
            var at = x.At(trial.StartedSeconds);
            if (at < taken)
            {
                continue;
            }

            canvas.Line(at, Top - 8, at, bottom, "grid");
            canvas.Text(at, Top - 14, trial.Stage);
            taken = at + (7.4 * trial.Stage.Length) + 8;
        }
    }
}
