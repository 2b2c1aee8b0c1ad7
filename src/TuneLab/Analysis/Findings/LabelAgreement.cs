using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>How much more alike the labels of rows with one value are than those of any rows: 1 where they are all alike, 0 where it is chance.</summary>
/// <param name="Within">Of rows with equal values: kappa of two of them agreeing, or for a regression the correlation of their ranks; each row counts once however many share its value.</param>
/// <param name="Neighbours">The same of rows whose values follow one another in the order of codes.</param>
/// <param name="Groups">Values that two or more rows have.</param>
/// <param name="Rows">Rows with such a value.</param>
/// <param name="Error">The standard deviation of <paramref name="Within"/> where only chance works, about.</param>
internal sealed record LabelAgreement(double Within, double Neighbours, int Groups, int Rows, double Error)
{
    /// <summary>Of the rows of a table in groups.</summary>
    /// <param name="table">The label.</param>
    /// <param name="codes">[rows]: a group from 0, or -1.</param>
    /// <param name="count">How many groups.</param>
    public static LabelAgreement Of(TaskTable table, int[] codes, int count)
    {
        var sizes = new int[count];
        foreach (var code in codes.Where(c => c >= 0))
        {
            sizes[code]++;
        }

        var (groups, rows) = (sizes.Count(n => n > 1), sizes.Where(n => n > 1).Sum());
        return groups == 0 ? new LabelAgreement(0, 0, 0, 0, double.PositiveInfinity)
            : table.Task == LearningTask.Regression ? OfNumbers(table, codes, sizes, groups, rows) : OfClasses(table, codes, sizes, groups, rows);
    }

    private static LabelAgreement OfClasses(TaskTable table, int[] codes, int[] sizes, int groups, int rows)
    {
        var cells = CellCounts.Of(codes, sizes.Length, Array.ConvertAll(table.Target, t => (int)t), table.Classes.Count);
        var shares = new double[table.Classes.Count];
        var agree = 0.0;
        foreach (var (group, @class, n) in cells.Cells.Where(c => sizes[c.Group] > 1))
        {
            shares[@class] += (double)n / rows;
            agree += (double)n * (n - 1) / (sizes[group] - 1);
        }

        var chance = shares.Sum(s => s * s);
        if (chance >= 1)
        {
            return new LabelAgreement(0, 0, groups, rows, double.PositiveInfinity);
        }

        return new LabelAgreement((agree / rows - chance) / (1 - chance), (NeighboursAgree(cells, sizes) - chance) / (1 - chance), groups, rows, Math.Sqrt(chance / (1 - chance) / Pairs(sizes, rows)));
    }

    private static double NeighboursAgree(CellCounts counts, int[] sizes)
    {
        var (same, pairs) = (0.0, 0.0);
        for (var g = 1; g < sizes.Length; g++)
        {
            pairs += (double)sizes[g - 1] * sizes[g];
        }

        var ofGroup = new Dictionary<(int, int), int>(counts.Cells.Count);
        foreach (var (group, @class, n) in counts.Cells)
        {
            same += ofGroup.TryGetValue((group - 1, @class), out var before) ? (double)before * n : 0;
            ofGroup[(group, @class)] = n;
        }

        return pairs > 0 ? same / pairs : 0;
    }

    private static LabelAgreement OfNumbers(TaskTable table, int[] codes, int[] sizes, int groups, int rows)
    {
        var ranks = Correlation.Ranks(table.Target);
        var mean = codes.Select((c, row) => c >= 0 && sizes[c] > 1 ? ranks[row] / rows : 0).Sum();
        var (sums, squares) = (new double[sizes.Length], new double[sizes.Length]);
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0)
            {
                var away = ranks[row] - mean;
                sums[codes[row]] += away;
                squares[codes[row]] += away * away;
            }
        }

        var (variance, within, neighbours, pairs) = (0.0, 0.0, 0.0, 0.0);
        for (var g = 0; g < sizes.Length; g++)
        {
            variance += sizes[g] > 1 ? squares[g] / rows : 0;
            within += sizes[g] > 1 ? (sums[g] * sums[g] - squares[g]) / (sizes[g] - 1) / rows : 0;
            neighbours += g > 0 ? sums[g - 1] * sums[g] : 0;
            pairs += g > 0 ? (double)sizes[g - 1] * sizes[g] : 0;
        }

        return !(variance > 0)
            ? new LabelAgreement(0, 0, groups, rows, double.PositiveInfinity)
            : new LabelAgreement(within / variance, pairs > 0 ? neighbours / pairs / variance : 0, groups, rows, 1 / Math.Sqrt(Pairs(sizes, rows)));
    }

    // pairs within a large group are no independent ones
    private static double Pairs(int[] sizes, int rows) => Math.Min(rows, sizes.Sum(n => n * (n - 1.0) / 2));
}
