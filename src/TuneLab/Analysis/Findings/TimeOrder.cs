using MathNet.Numerics;
using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>
/// Rows with a date (<see cref="TimeColumns"/>) that are dealt out at random: <c>time-order-ignored</c>. A warning where the label drifts with the date: over ten blocks of rows in the order of time it differs more than chance
/// brings (chi-squared; for a regression Kruskal and Wallis's test), and by enough to matter.
/// </summary>
internal sealed class TimeOrder : TableCheck
{
    private const int Blocks = 10;
    private const int FewestRows = 10 * Blocks;
    private const double ByChance = 1e-4;
    private const double Matters = 0.1;

    public override IEnumerable<Finding> Look(TableView view)
    {
        var table = view.Table;
        if (!view.Split.IsRandom || view.Split.Kind == "given" || table.Roles.Time is not null)
        {
            return [];
        }

        var drifts = TimeColumns.Of(table).Where(c => c.Order.Rows.Length >= FewestRows && c.Order.Values[0] < c.Order.Values[^1])
            .Select(c => (Column: c, Drift: DriftOf(table, c.Order))).OrderByDescending(c => c.Drift).ToList();
        if (drifts.Count == 0)
        {
            return [];
        }

        var ((name, order, reads), drift) = drifts[0];
        string[] names = [.. drifts.Select(d => d.Column.Name)];
        var tells = $"{Names(names)} {(names.Length == 1 ? "tells" : "tell")} when, and rows are dealt out at random: holdout and folds are of the same days as the rows trained on." + (reads is null ? "" : $" ('{name}': {reads}.)");
        var advice = $"If the model is to predict later rows, say validate.kind: time and data.time: {YamlScalar.Of(name)}" + (drifts[0].Column.IsText ? $", with data.types: {{ {YamlScalar.Of(name)}: date }}; rows without a date can't be parted so." : ".");
        return
        [
            drift >= Matters
                ? new Finding("time-order-ignored", FindingSeverity.Warning, names, $"{tells} '{table.Roles.Label}' drifts with '{name}': {Ends(table, order)}.", advice)
                : new Finding("time-order-ignored", FindingSeverity.Hint, names, $"{tells} '{table.Roles.Label}' hardly drifts with it.", advice),
        ];
    }

    // 0 where chance may have brought it
    private static double DriftOf(TaskTable table, NumberOrder order)
    {
        var blocks = Enumerable.Range(0, order.Rows.Length).Select(i => (int)((long)i * Blocks / order.Rows.Length)).ToArray();
        for (var i = 1; i < blocks.Length; i++)
        {
            blocks[i] = order.Values[i] == order.Values[i - 1] ? blocks[i - 1] : blocks[i]; // a day is not parted
        }

        if (table.Task != LearningTask.Regression)
        {
            var test = ChiSquaredTest.Of(blocks, Blocks, Array.ConvertAll(order.Rows, r => (int)table.Target[r]), table.Classes.Count);
            return test.P < ByChance ? test.Adjusted : 0;
        }

        var ratio = CorrelationRatio.Of(blocks, Blocks, Correlation.Ranks(Array.ConvertAll(order.Rows, r => table.Target[r])));
        var freedom = blocks.Distinct().Count() - 1;
        return freedom > 0 && SpecialFunctions.GammaUpperRegularized(freedom / 2.0, ratio.Eta * ratio.Eta * (blocks.Length - 1) / 2) < ByChance ? ratio.Adjusted : 0;
    }

    private static string Ends(TaskTable table, NumberOrder order)
    {
        var tenth = order.Rows.Length / Blocks;
        double[] first = [.. order.Rows.Take(tenth).Select(r => table.Target[r])], last = [.. order.Rows.TakeLast(tenth).Select(r => table.Target[r])];
        if (table.Task == LearningTask.Regression)
        {
            return string.Create(CultureInfo.InvariantCulture, $"its mean is {first.Average():G4} in the first tenth of the rows by date and {last.Average():G4} in the last");
        }

        var shares = table.Classes.Select((name, c) => (name, First: first.Count(t => t == c) / (double)tenth, Last: last.Count(t => t == c) / (double)tenth));
        var (most, before, after) = table.Task == LearningTask.Binary ? shares.Last() : shares.MaxBy(s => Math.Abs(s.First - s.Last));
        return $"'{most}' is {Percent(before)} of the first tenth of the rows by date and {Percent(after)} of the last";
    }
}
