using TuneLab.Experiments;
using TuneLab.Reporting.Text;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>How the values that were tried of each hyperparameter narrow from pass to pass.</summary>
internal static class RangePlot
{
    private const double Top = 10, RowHeight = 16, Gap = 14, Side = 278, LetterWidth = 6.9, BoldWidth = 8.1, Rest = 20;
    private const int LongestName = 26;

    // a page has room for so many rows
    private const int MostRows = 60;

    public static ReportBlock? Draw(RunRecord record, WinnersTrials winners)
    {
        Parameter[] numbers = [.. winners.Varied.Where(p => p is not ChoiceParameter)];
        var passes = winners.Trials.GroupBy(t => (t.Pass, t.Stage)).Where(g => g.Count() > 1).OrderBy(g => g.Key.Pass).ToList();
        if (numbers.Length == 0 || passes.Count < 2)
        {
            return null;
        }

        passes = [.. passes.TakeLast(Math.Max(2, MostRows / numbers.Length))];
        var labels = passes.Select(p => $"{p.Key.Stage} ({Show.Whole(p.Key.Pass)})").ToList();
        var left = Math.Round(16 + Math.Max(LetterWidth * labels.Max(l => l.Length), BoldWidth * numbers.Max(n => Math.Min(LongestName, n.Name.Length))));
        var right = left + Side;
        var height = ((passes.Count + 2) * RowHeight) + Gap;
        var alternative = $"Lowest and highest value that each pass tried of the {Show.Count(numbers.Length, "number")} among the hyperparameters of {winners.Trainer}; the mark is the winner's: "
            + string.Join("; ", numbers.Select(n => $"{n.Name} {Words(passes[0], n)} at first, {Words(passes[^1], n)} at last")) + ".";
        var canvas = new SvgCanvas(right + Rest, Top + (numbers.Length * height), alternative);
        for (var n = 0; n < numbers.Length; n++)
        {
            var (parameter, top) = (numbers[n], Top + (n * height));
            var axis = new ParameterAxis(parameter, left + 4, right - 4, 4);
            canvas.Text(left - 8, top + 12, parameter.Name.Length > LongestName ? parameter.Name[..(LongestName - 1)] + "…" : parameter.Name, "end", bold: true);
            for (var p = 0; p < passes.Count; p++)
            {
                var y = top + ((p + 1) * RowHeight);
                canvas.Text(left - 8, y + 12, labels[p], "end");
                double[] at = [.. passes[p].Select(t => WinnersTrials.Value(t, parameter)).OfType<ParameterValue>().Select(axis.At)];
                if (at.Length > 0)
                {
                    canvas.Box(at.Min() - 1, y + 4, at.Max() - at.Min() + 2, RowHeight - 6, "bar", 0.6, $"{labels[p]}: {Words(passes[p], parameter)}");
                }
            }

            var bottom = top + ((passes.Count + 1) * RowHeight) + 2;
            canvas.Line(left, bottom, right, bottom, "axis");
            foreach (var (at, label) in axis.Ticks)
            {
                canvas.Line(at, bottom, at, bottom + 4, "axis");
                canvas.Text(at, bottom + 16, label, at > right - 30 ? "end" : "middle");
            }

            if (record.Result.Best.Configuration.Values.TryGetValue(parameter.Name, out var won) && parameter.Contains(won))
            {
                canvas.Line(axis.At(won), top + RowHeight, axis.At(won), bottom, "baseline");
            }
        }

        return new FigureBlock("What was tried, pass by pass", alternative, canvas.ToString());
    }

    private static string Words(IEnumerable<FinishedTrial> pass, Parameter parameter)
    {
        double[] values = [.. pass.Select(t => WinnersTrials.Value(t, parameter)).OfType<ParameterValue>().Select(v => v.Number)];
        return values.Length == 0 ? Show.Nothing : $"{Show.Short(values.Min())} to {Show.Short(values.Max())}";
    }
}
