using MathNet.Numerics.Distributions;
using TuneLab.Data;
using TuneLab.Randomness;

namespace TuneLab.Analysis.Holdout;

/// <summary>
/// Looks for parts of the rows where the loss is high: a small regression tree over the losses of one half of the rows; its leaves are measured on the other half, so that what was sought out does not flatter itself (honest trees, Athey
/// and Imbens 2016). Numbers and dates split at quantiles, categories one level against the others, missing values on their own; texts are left out.
/// </summary>
public static class ErrorSlices
{
    private const int Depth = 3;
    private const int Thresholds = 16;
    private const int MostLevels = 32;
    private const int FewestRows = 25;

    // a split by chance, the best of some hundred, seldom explains as much: three and a half standard errors
    private const double Evident = 12;

    /// <summary>The slices that are worse than the rest, worst first; empty where none is at the 5 % level, or with fewer than 200 rows.</summary>
    /// <param name="table">The data.</param>
    /// <param name="rows">[holdout] row indexes.</param>
    /// <param name="losses">[holdout] of them.</param>
    /// <param name="seed">Parts the halves.</param>
    public static IReadOnlyList<ErrorSlice> Find(TaskTable table, int[] rows, double[] losses, Seed seed)
    {
        var usable = Enumerable.Range(0, rows.Length).Where(i => !double.IsNaN(losses[i])).ToArray();
        if (usable.Length < 8 * FewestRows)
        {
            return [];
        }

        var random = seed.Random();
        random.Shuffle(usable);

        var (seek, measure) = (usable[..(usable.Length / 2)], usable[(usable.Length / 2)..]);
        var leaves = new List<IReadOnlyList<Condition>>();
        Grow(table, rows, losses, seek, [], leaves);
        var slices = leaves.Select(leaf => Measure(leaf, rows, losses, measure)).OfType<ErrorSlice>().Where(s => s.Where.Count > 0).ToList();
        var adjusted = HolmCorrection.Adjust([.. slices.Select(s => s.P)]);
        return [.. slices.Select((s, i) => s with { P = adjusted[i] }).Where(s => s.P <= 0.05).OrderByDescending(s => s.Loss).ThenBy(s => string.Join(' ', s.Where), StringComparer.Ordinal)];
    }

    private static void Grow(TaskTable table, int[] rows, double[] losses, int[] own, IReadOnlyList<Condition> path, List<IReadOnlyList<Condition>> leaves)
    {
        var least = Math.Max(FewestRows, own.Length / 20);
        var best = path.Count == Depth || own.Length < 2 * least ? null
            : table.Features.SelectMany(c => Candidates(c, rows, own)).Select(c => (Condition: c, Gain: Gain(c, rows, losses, own, least))).Where(c => c.Gain > 0).OrderByDescending(c => c.Gain).FirstOrDefault() is var found && found.Gain > Evident * Variance(own, losses) ? found.Condition : null;
        if (best is null)
        {
            leaves.Add(path);
            return;
        }

        Grow(table, rows, losses, [.. own.Where(i => best.Holds(rows[i]))], [.. path, best], leaves);
        Grow(table, rows, losses, [.. own.Where(i => !best.Holds(rows[i]))], [.. path, best.Not()], leaves);
    }

    private static IEnumerable<Condition> Candidates(Column column, int[] rows, int[] own)
    {
        if (column.Type == ColumnType.Text)
        {
            yield break;
        }

        if (own.Any(i => column.IsMissing(rows[i])))
        {
            yield return new Condition(column, ConditionKind.Missing, 0);
        }

        if (column is CategoryColumn category)
        {
            foreach (var level in own.Select(i => category.Codes[rows[i]]).Where(c => c >= 0).GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(MostLevels).Select(g => g.Key))
            {
                yield return new Condition(column, ConditionKind.Level, level);
            }

            yield break;
        }

        double[] values = [.. own.Select(i => Condition.Number(column, rows[i])).Where(v => !double.IsNaN(v)).Order()];
        foreach (var threshold in Enumerable.Range(1, Thresholds - 1).Where(_ => values.Length > 0).Select(q => values[(int)((long)q * (values.Length - 1) / Thresholds)]).Distinct().Where(t => t < values[^1]))
        {
            yield return new Condition(column, ConditionKind.AtMost, threshold);
        }
    }

    // by how much two means explain more than one: the sum of squares between them
    private static double Gain(Condition condition, int[] rows, double[] losses, int[] own, int least)
    {
        var (inside, outside, a, b) = (0, 0, 0.0, 0.0);
        foreach (var i in own)
        {
            if (condition.Holds(rows[i]))
            {
                (inside, a) = (inside + 1, a + losses[i]);
            }
            else
            {
                (outside, b) = (outside + 1, b + losses[i]);
            }
        }

        if (inside < least || outside < least)
        {
            return 0;
        }

        var distance = (a / inside) - (b / outside);
        return (double)inside * outside / (inside + outside) * distance * distance;
    }

    private static ErrorSlice? Measure(IReadOnlyList<Condition> leaf, int[] rows, double[] losses, int[] measure)
    {
        var inside = measure.Where(i => leaf.All(c => c.Holds(rows[i]))).Select(i => losses[i]).ToArray();
        var outside = measure.Where(i => !leaf.All(c => c.Holds(rows[i]))).Select(i => losses[i]).ToArray();
        if (inside.Length < 2 || outside.Length < 2)
        {
            return null;
        }

        var (mean, rest) = (inside.Average(), outside.Average());
        var (a, b) = (Variance(inside, mean) / inside.Length, Variance(outside, rest) / outside.Length);
        if (a + b <= 0)
        {
            return null;
        }

        var freedom = (a + b) * (a + b) / ((a * a / (inside.Length - 1)) + (b * b / (outside.Length - 1)));
        return new ErrorSlice(Words(leaf), inside.Length, mean, rest, StudentT.CDF(0, 1, freedom, -(mean - rest) / Math.Sqrt(a + b)));
    }

    // of bounds on the same column only the narrowest
    private static IReadOnlyList<string> Words(IReadOnlyList<Condition> leaf)
        => [.. leaf.GroupBy(c => (c.Column.Name, c.Kind, c.Negated)).SelectMany(g => g.Key.Kind == ConditionKind.AtMost ? [g.Key.Negated ? g.MaxBy(c => c.Value)! : g.MinBy(c => c.Value)!] : g.ToArray()).Select(c => c.ToString())];

    private static double Variance(int[] own, double[] losses)
    {
        double[] values = [.. own.Select(i => losses[i])];
        return Variance(values, values.Average());
    }

    private static double Variance(double[] values, double mean) => values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);

    private enum ConditionKind
    {
        Missing,
        Level,
        AtMost,
    }

    private sealed record Condition(Column Column, ConditionKind Kind, double Value, bool Negated = false)
    {
        public static double Number(Column column, int row) => column switch
        {
            NumberColumn number => number.Values[row],
            DateColumn date when !date.IsMissing(row) => date.Ticks[row],
            _ => double.NaN,
        };

        public bool Holds(int row) => Negated != Kind switch
        {
            ConditionKind.Missing => Column.IsMissing(row),
            ConditionKind.Level => ((CategoryColumn)Column).Codes[row] == (int)Value,
            _ => Number(Column, row) <= Value,
        };

        public Condition Not() => this with { Negated = !Negated };

        public override string ToString() => (Kind, Negated) switch
        {
            (ConditionKind.Missing, false) => $"{Column.Name} is missing",
            (ConditionKind.Missing, true) => $"{Column.Name} is known",
            (ConditionKind.Level, false) => $"{Column.Name} is {((CategoryColumn)Column).Levels[(int)Value]}",
            (ConditionKind.Level, true) => $"{Column.Name} is not {((CategoryColumn)Column).Levels[(int)Value]}",
            (_, false) => $"{Column.Name} <= {Shown}",
            _ => $"{Column.Name} > {Shown}" + (Enumerable.Range(0, Column.Count).Any(Column.IsMissing) ? " or missing" : ""),
        };

        private string Shown => Column is DateColumn ? new DateTime((long)Value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Value.ToString("G5", CultureInfo.InvariantCulture);
    }
}
