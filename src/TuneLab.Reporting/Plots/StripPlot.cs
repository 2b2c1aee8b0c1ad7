using TuneLab.Experiments;
using TuneLab.Reporting.Text;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>Scores by stage and trainer, a row of dots each.</summary>
internal static class StripPlot
{
    private const double ShortestLeft = 150, Side = 278, Rest = 20, Top = 10, RowHeight = 26, LetterWidth = 6.7;
    private const int LongestLabel = 44;

    // more rows in words would be a wall of text
    private const int MostWords = 12;
    private const string Title = "Score by stage and trainer";

    public static ReportBlock Draw(RunRecord record)
    {
        var trials = new PlotTrials(record);
        if (trials.Scored.Count == 0)
        {
            return new ParagraphBlock("There is no figure of stages and trainers: no trial has a score.");
        }

        // in the order in which stages began and the plan names trainers
        var rows = trials.Scored.GroupBy(t => (t.Stage, t.Configuration.Trainer))
            .OrderBy(g => trials.Scored.First(t => t.Stage == g.Key.Stage).Number).ThenBy(g => trials.Trainers.ToList().IndexOf(g.Key.Trainer)).ToList();
        var alternative = Words(trials, rows);
        var bottom = Top + rows.Count * RowHeight;
        var left = Math.Max(ShortestLeft, Math.Round(20 + LetterWidth * rows.Max(r => Label(r.Key).Length)));
        var right = left + Side;
        var canvas = new SvgCanvas(right + Rest, bottom + 46, alternative);
        var x = new PlotAxis(trials.Low, trials.High, left, right, 4);
        foreach (var (value, label) in x.Ticks)
        {
            canvas.Line(x.At(value), Top, x.At(value), bottom, "grid");
            canvas.Line(x.At(value), bottom, x.At(value), bottom + 5, "axis");
            canvas.Text(x.At(value), bottom + 18, label, "middle");
        }

        canvas.Line(left, bottom, right, bottom, "axis");
        canvas.Text((left + right) / 2, bottom + 36, $"{trials.Metric.Id}, {Explain.Direction(trials.Metric)}", "middle");
        if (double.IsFinite(trials.Baseline))
        {
            canvas.Line(x.At(trials.Baseline), Top, x.At(trials.Baseline), bottom, "baseline");
        }

        for (var i = 0; i < rows.Count; i++)
        {
            DrawRow(canvas, x, trials, rows[i], left, Top + (i + 0.5) * RowHeight);
        }

        return new FigureBlock(Title, alternative, canvas.ToString());
    }

    private static void DrawRow(SvgCanvas canvas, PlotAxis x, PlotTrials trials, IGrouping<(string Stage, string Trainer), FinishedTrial> row, double left, double middle)
    {
        canvas.Text(left - 10, middle + 4, Label(row.Key), "end");
        foreach (var trial in row)
        {
            // the golden ratio spreads neighbours apart, the same way each time
            var spread = (trial.Number * 0.6180339887 % 1 - 0.5) * (RowHeight - 12);
            canvas.Dot(x.At(trial.Score), middle + spread, trials.Style(trial), x.IsOutside(trial.Score) ? (trial.Score > trials.High ? 0 : 180) : null, trials.Tip(trial));
        }
    }

    private static string Label((string Stage, string Trainer) row)
    {
        var label = row.Stage + " · " + row.Trainer;
        return label.Length > LongestLabel ? label[..(LongestLabel - 1)] + "…" : label;
    }

    private static string Words(PlotTrials trials, List<IGrouping<(string Stage, string Trainer), FinishedTrial>> rows)
    {
        var order = Comparer<double>.Create(trials.Metric.Compare);
        var told = rows.Select(row => (row.Key, Scores: row.Select(t => t.Score).Order(order).ToList())).ToList();
        var which = $"Best and median {trials.Metric.Id} ({Explain.Direction(trials.Metric)})";
        if (told.Count > MostWords)
        {
            which += $" of the {MostWords} best of {told.Count} rows";
            told = [.. told.OrderBy(row => row.Scores[0], order).Take(MostWords)];
        }

        return which + ": " + string.Join("; ", told.Select(row =>
            $"{row.Key.Stage}, {row.Key.Trainer} ({Show.Count(row.Scores.Count, "trial")}) {Show.Number(row.Scores[0])} and {Show.Number(row.Scores[row.Scores.Count / 2])}")) + ". The dashed line is the best default.";
    }
}
