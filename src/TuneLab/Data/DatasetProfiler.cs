namespace TuneLab.Data;

/// <summary>Looks at every value of a dataset once.</summary>
public static class DatasetProfiler
{
    private const int MostLevels = 10;
    private const int MostExamples = 3;
    private const int RowsOfAnIdentifier = 100;
    private const int FewestRowsOfAnIdentifier = 20;

    /// <summary>The profile of all columns; on all cores, the same on any number of them.</summary>
    /// <param name="data">The table.</param>
    /// <param name="task">The same table with a label, whose relations to the columns are then measured. <value>Null: there is none.</value></param>
    public static DatasetProfile Profile(Dataset data, TaskTable? task = null)
    {
        var label = task is null ? null : new LabelRelations(task);
        var columns = new ColumnProfile[data.Columns.Count];
        Parallel.For(0, columns.Length, i =>
        {
            var column = data.Columns[i];
            var order = NumberOrder.Of(column);
            columns[i] = Profile(column, order);
            if (label is not null && column.Name != label.Label.Name)
            {
                var used = task!.Data[column.Name];
                columns[i] = columns[i] with { Relation = label.Of(used, ReferenceEquals(used, column) ? order : NumberOrder.Of(used)) };
            }
        });
        return new DatasetProfile(data.Source, data.RowCount, columns) { Label = label?.Label };
    }

    private static ColumnProfile Profile(Column column, NumberOrder? order) => column switch
    {
        NumberColumn numbers => OfNumbers(numbers, order!.Values),
        CategoryColumn categories => OfLevels(categories),
        DateColumn dates => OfDates(dates),
        TextColumn texts => OfTexts(texts),
        _ => throw new NotSupportedException($"A column of type {column.Type} has no profile."),
    };

    private static ColumnProfile OfNumbers(NumberColumn column, double[] sorted)
    {
        var distinct = CountRuns<double>(sorted);
        var whole = sorted.Length == column.Count && distinct == sorted.Length && Array.TrueForAll(sorted, double.IsInteger);
        var counting = whole && sorted.Length > 0 && sorted[^1] - sorted[0] == sorted.Length - 1;
        var profile = Of(column, column.Count - sorted.Length, distinct, whole && (column.Count >= RowsOfAnIdentifier || (counting && column.Count >= FewestRowsOfAnIdentifier)));
        if (sorted.Length == 0)
        {
            return profile;
        }

        var numbers = new NumberSummary(sorted[0], Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), sorted[^1], sorted.Average());
        return profile with { Numbers = numbers, Histogram = NumberSpread.Histogram(sorted, numbers), Box = NumberSpread.Box(sorted, numbers) };
    }

    private static ColumnProfile OfLevels(CategoryColumn column)
    {
        var counts = new int[column.Levels.Length];
        var missing = 0;
        foreach (var code in column.Codes)
        {
            if (code < 0)
            {
                missing++;
            }
            else
            {
                counts[code]++;
            }
        }

        var top = column.Levels.Zip(counts, (level, count) => new LevelCount(level, count)).Where(l => l.Count > 0).OrderByDescending(l => l.Count).ThenBy(l => l.Level, StringComparer.Ordinal);
        var distinct = counts.Count(c => c > 0);
        return Of(column, missing, distinct, column.Count >= FewestRowsOfAnIdentifier && distinct == column.Count) with { Top = [.. top.Take(MostLevels)] };
    }

    private static ColumnProfile OfDates(DateColumn column)
    {
        var sorted = Array.FindAll(column.Ticks, t => t != DateColumn.Missing);
        Array.Sort(sorted);
        return Of(column, column.Count - sorted.Length, CountRuns<long>(sorted), identifier: false) with
        {
            Dates = sorted.Length == 0 ? null : new DateSummary(new DateTime(sorted[0]), new DateTime(sorted[^1])),
        };
    }

    private static ColumnProfile OfTexts(TextColumn column)
        => Of(column, column.Values.Count(v => v is null), column.Values.Where(v => v is not null).Distinct(StringComparer.Ordinal).Count(), identifier: false);

    private static ColumnProfile Of(Column column, int missing, int distinct, bool identifier) => new()
    {
        Name = column.Name,
        Type = column.Type,
        Missing = missing,
        Distinct = distinct,
        Examples = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).Select(column.Text).Distinct(StringComparer.Ordinal).Take(MostExamples)],
        Constant = distinct == 0 || (distinct == 1 && missing == 0),
        Identifier = identifier,
    };

    private static int CountRuns<T>(ReadOnlySpan<T> sorted)
        where T : IEquatable<T>
    {
        var runs = sorted.IsEmpty ? 0 : 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            runs += sorted[i].Equals(sorted[i - 1]) ? 0 : 1;
        }

        return runs;
    }

    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
