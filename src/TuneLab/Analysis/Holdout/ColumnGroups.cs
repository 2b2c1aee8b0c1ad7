using MathNet.Numerics.Statistics;
using TuneLab.Data;

namespace TuneLab.Analysis.Holdout;

/// <summary>Finds columns that say nearly the same: numbers and dates whose ranks go together, categories whose levels do.</summary>
public static class ColumnGroups
{
    // beyond it one column stands in for the other
    private const double Alike = 0.95;

    // columns beyond these are taken one by one: pairs grow with the square
    private const int MostColumns = 150;
    private const int MostRows = 2000;

    /// <summary>The features in groups, each in the table's order, groups by their first column.</summary>
    /// <param name="table">The data.</param>
    /// <param name="rows">Rows to look at; the first two thousand of them.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(TaskTable table, int[] rows)
    {
        int[] seen = [.. rows.Take(MostRows)];
        var features = table.Features;
        var group = Enumerable.Range(0, features.Count).ToArray();
        double[]?[] numbers = [.. features.Select((c, i) => i < MostColumns ? Numbers(c, seen) : null)];
        int[]?[] codes = [.. features.Select((c, i) => i < MostColumns && c is CategoryColumn category ? Array.ConvertAll(seen, r => category.Codes[r]) : null)];
        for (var i = 0; i < features.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (group[i] != group[j] && (Together(numbers[i], numbers[j]) || Same(codes[i], codes[j])))
                {
                    var (from, to) = (Math.Max(group[i], group[j]), Math.Min(group[i], group[j]));
                    group = Array.ConvertAll(group, g => g == from ? to : g);
                }
            }
        }

        return [.. features.Select((c, i) => (c.Name, Group: group[i])).GroupBy(c => c.Group).OrderBy(g => g.Key).Select(g => (IReadOnlyList<string>)[.. g.Select(c => c.Name)])];
    }

    // ranks once, missing ones in the middle, so that a pair costs one pass
    private static double[]? Numbers(Column column, int[] rows)
    {
        double[]? values = column switch
        {
            NumberColumn number => Array.ConvertAll(rows, r => number.Values[r]),
            DateColumn date => Array.ConvertAll(rows, r => date.IsMissing(r) ? double.NaN : date.Ticks[r]),
            _ => null,
        };
        if (values is null || values.Length < 10 || values.Count(double.IsNaN) * 2 > values.Length)
        {
            return null;
        }

        var known = values.Where(v => !double.IsNaN(v)).ToArray();
        if (known.Min() == known.Max())
        {
            return null;
        }

        var ranks = known.Ranks(RankDefinition.Average);
        var at = 0;
        return Array.ConvertAll(values, v => double.IsNaN(v) ? (known.Length + 1) / 2.0 : ranks[at++]);
    }

    private static bool Together(double[]? a, double[]? b) => a is not null && b is not null && Math.Abs(Correlation.Pearson(a, b)) > Alike;

    // each level of the one goes with one level of the other, nearly always, both ways
    private static bool Same(int[]? a, int[]? b)
    {
        if (a is null || b is null || a.Length == 0)
        {
            return false;
        }

        var pairs = a.Zip(b).GroupBy(p => p).Select(g => (g.Key, Count: g.Count())).ToList();
        return Kept(pairs.GroupBy(p => p.Key.First)) && Kept(pairs.GroupBy(p => p.Key.Second));

        bool Kept(IEnumerable<IGrouping<int, ((int, int) Key, int Count)>> groups)
        {
            var sets = groups.ToList();
            return sets.Count > 1 && sets.Sum(g => g.Max(p => p.Count)) > Alike * a.Length;
        }
    }
}
