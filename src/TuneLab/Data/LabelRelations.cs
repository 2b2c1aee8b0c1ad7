using TuneLab.Analysis;

namespace TuneLab.Data;

/// <summary>Measures how columns go together with a label. Thread-safe.</summary>
internal sealed class LabelRelations
{
    private const int MostBins = 256;
    private const int RowsPerBin = 10;

    // with fewer rows known, a perfect line through them tells little of the label
    private const double KnownForALine = 0.95;

    private readonly TaskTable _task;
    private readonly int[] _classes;
    private readonly double[] _ranks; // [rows] of a regression's label

    /// <param name="task">The label.</param>
    public LabelRelations(TaskTable task)
    {
        _task = task;
        _classes = task.Task == LearningTask.Regression ? [] : Array.ConvertAll(task.Target, t => (int)t);
        _ranks = task.Task == LearningTask.Regression ? Correlation.Ranks(task.Target) : [];
        var counts = new int[task.Classes.Count];
        foreach (var index in _classes)
        {
            counts[index]++;
        }

        Label = new LabelSummary(task.Roles.Label, task.Task, task.RowCount, [.. task.Classes.Zip(counts, (name, count) => new LevelCount(name, count))]);
    }

    /// <summary>The label itself.</summary>
    public LabelSummary Label { get; }

    private bool IsRegression => _task.Task == LearningTask.Regression;

    /// <summary>The relation of a column of the task's data.</summary>
    /// <param name="column">Any but the label.</param>
    /// <param name="order">Its order; null where it has none.</param>
    public LabelRelation Of(Column column, NumberOrder? order)
    {
        if (order is null)
        {
            var (codes, levels) = ColumnCodes.Of(column);
            return OfLevels(codes, levels, column is not TextColumn);
        }

        return OfNumbers(order);
    }

    private LabelRelation OfLevels(int[] codes, int levels, bool measured)
    {
        var known = codes.Count(c => c >= 0);
        if (IsRegression)
        {
            var (groups, target) = Known(codes, known);
            CorrelationRatio? ratio = measured ? CorrelationRatio.Of(groups, levels, target) : null;
            return new LabelRelation
            {
                Rows = known,
                Ratio = ratio,
                Strength = OrZero(ratio?.Adjusted ?? 0),
                Alone = SoloScore.Numbers(WithMissing(codes, levels), levels + 1, _task.Target),
                Copy = false,
            };
        }

        var all = CellCounts.Of(WithMissing(codes, levels), levels + 1, _classes, _task.Classes.Count);
        var test = measured ? ChiSquaredTest.Of(CellCounts.Of(codes, levels, _classes, _task.Classes.Count)) : null;
        return new LabelRelation { Rows = known, ChiSquared = test, Strength = OrZero(test?.Adjusted ?? 0), Alone = SoloScore.Classes(all), Copy = known == codes.Length && IsOneToOne(all) };
    }

    private LabelRelation OfNumbers(NumberOrder order)
    {
        // infinities have no place on a line
        var begin = Array.FindIndex(order.Values, double.IsFinite);
        var end = Array.FindLastIndex(order.Values, double.IsFinite) + 1;
        var values = begin < 0 ? [] : order.Values.AsSpan(begin, end - begin);
        var rows = begin < 0 ? [] : order.Rows.AsSpan(begin, end - begin);
        var target = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            target[i] = _task.Target[rows[i]];
        }

        var (bins, count) = Bins(values, rows);
        return IsRegression ? AgainstNumber(values, rows, target, bins, count) : AgainstClasses(values, rows, target, bins, count);
    }

    private LabelRelation AgainstNumber(ReadOnlySpan<double> values, ReadOnlySpan<int> rows, double[] target, int[] bins, int count)
    {
        var pearson = Correlation.Pearson(values, target);
        var spearman = Correlation.Pearson(InOrder(values), rows.Length == _task.RowCount ? Ranks(rows) : Correlation.Ranks(target));
        var whole = values.Length >= KnownForALine * bins.Length;
        var line = whole ? Math.Max(OrZero(pearson * pearson), OrZero(spearman * spearman)) : 0;
        var copy = values.Length == bins.Length;
        for (var i = 0; copy && i < target.Length; i++)
        {
            copy = values[i] == target[i];
        }

        return new LabelRelation
        {
            Rows = values.Length,
            Pearson = pearson,
            Spearman = spearman,
            Strength = Math.Max(OrZero(Math.Abs(pearson)), OrZero(Math.Abs(spearman))),
            Alone = Math.Max(line, SoloScore.Numbers(bins, count, _task.Target)),
            Copy = copy,
        };
    }

    private LabelRelation AgainstClasses(ReadOnlySpan<double> values, ReadOnlySpan<int> rows, double[] target, int[] bins, int count)
    {
        var cells = CellCounts.Of(bins, count, _classes, _task.Classes.Count);
        var relation = new LabelRelation { Rows = values.Length, Strength = 0, Alone = SoloScore.Classes(cells), Copy = values.Length == bins.Length && IsOneToOne(cells) && Runs(values) == count - 1 };
        if (_task.Task == LearningTask.Multiclass)
        {
            var ratio = CorrelationRatio.Of(Array.ConvertAll(target, t => (int)t), _task.Classes.Count, values);
            return relation with { Ratio = ratio, Strength = OrZero(ratio.Adjusted) };
        }

        var (pearson, auc) = (Correlation.Pearson(values, target), Correlation.AreaUnderCurve(InOrder(values), target));
        var positives = _classes.Count(c => c == 1);
        long all = Math.Min(positives, _classes.Length - positives);
        var known = (long)target.Sum();
        long without = Math.Min(positives - known, _classes.Length - values.Length - (positives - known));
        return relation with
        {
            Pearson = pearson,
            Auc = auc,
            Strength = Math.Max(OrZero(Math.Abs(pearson)), OrZero(Math.Abs(2 * auc - 1))),
            Alone = Math.Max(relation.Alone, SoloScore.Threshold(values, Array.ConvertAll(target, t => t == 1), without, all)),
        };
    }

    /// <summary>Each row's bin of about equally many rows, equal values in one; few different values have one each. Rows without a number are in the last.</summary>
    private (int[] Bins, int Count) Bins(ReadOnlySpan<double> values, ReadOnlySpan<int> rows)
    {
        var most = Math.Clamp(values.Length / RowsPerBin, 1, MostBins);
        var perBin = Runs(values) <= Math.Max(most, _task.Classes.Count) ? 1 : (values.Length + most - 1) / most;
        var bins = new int[_task.RowCount];
        Array.Fill(bins, -1);
        var (bin, inBin) = (-1, perBin);
        for (var i = 0; i < values.Length; i++)
        {
            if (inBin >= perBin && (i == 0 || values[i] != values[i - 1]))
            {
                (bin, inBin) = (bin + 1, 0);
            }

            bins[rows[i]] = bin;
            inBin++;
        }

        return (WithMissing(bins, bin + 1), bin + 2);
    }

    private (int[] Groups, double[] Target) Known(int[] codes, int known)
    {
        var (groups, target) = (new int[known], new double[known]);
        var next = 0;
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0)
            {
                (groups[next], target[next++]) = (codes[row], _task.Target[row]);
            }
        }

        return (groups, target);
    }

    private double[] Ranks(ReadOnlySpan<int> rows)
    {
        var ranks = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            ranks[i] = _ranks[rows[i]];
        }

        return ranks;
    }

    private bool IsOneToOne(CellCounts cells)
        => cells.Cells.Count == _task.Classes.Count && cells.Cells.Select(c => c.Group).Distinct().Count() == cells.Cells.Count && cells.Cells.Select(c => c.Class).Distinct().Count() == cells.Cells.Count;

    private static int[] WithMissing(int[] codes, int missing) => Array.ConvertAll(codes, c => c < 0 ? missing : c);

    private static double[] InOrder(ReadOnlySpan<double> sorted)
    {
        var places = new int[sorted.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        return Correlation.Ranks(sorted, places, places.Length);
    }

    private static int Runs(ReadOnlySpan<double> sorted)
    {
        var runs = sorted.IsEmpty ? 0 : 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            runs += sorted[i] == sorted[i - 1] ? 0 : 1;
        }

        return runs;
    }

    private static double OrZero(double value) => double.IsFinite(value) ? value : 0;
}
