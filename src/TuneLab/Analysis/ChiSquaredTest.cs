using MathNet.Numerics;

namespace TuneLab.Analysis;

/// <summary>Pearson's chi-squared test of independence between a category and a class, without Yates' correction.</summary>
/// <param name="Statistic">Chi-squared; 0 where a side has fewer than two values.</param>
/// <param name="DegreesOfFreedom">(rows - 1) (columns - 1) of the table, values without rows left out.</param>
/// <param name="P">Of a statistic as large by chance; rough where expected counts are below 5. 1 without degrees of freedom.</param>
/// <param name="CramersV">From 0 to 1; NaN where a side has fewer than two values. Grows with the number of values even by chance.</param>
/// <param name="Adjusted">Cramer's V without what chance brings on average (Bergsma 2013).</param>
public sealed record ChiSquaredTest(double Statistic, int DegreesOfFreedom, double P, double CramersV, double Adjusted)
{
    /// <summary>Of a category against classes.</summary>
    /// <param name="groups">[rows]: the category's level, from 0; rows with a negative one are left out.</param>
    /// <param name="groupCount">How many levels; some may have no rows.</param>
    /// <param name="classes">[rows]: from 0.</param>
    /// <param name="classCount">How many classes; some may have no rows.</param>
    public static ChiSquaredTest Of(ReadOnlySpan<int> groups, int groupCount, ReadOnlySpan<int> classes, int classCount) => Of(CellCounts.Of(groups, groupCount, classes, classCount));

    internal static ChiSquaredTest Of(CellCounts counts)
    {
        var (byGroup, byClass) = (new double[counts.Groups], new double[counts.Classes]);
        var rows = 0.0;
        foreach (var (group, @class, count) in counts.Cells)
        {
            byGroup[group] += count;
            byClass[@class] += count;
            rows += count;
        }

        // sum of (seen - expected)^2 / expected = rows (sum of seen^2 / (group's rows x class's rows) - 1), cells without rows included
        var sum = 0.0;
        foreach (var (group, @class, count) in counts.Cells)
        {
            sum += count / byGroup[group] * (count / byClass[@class]);
        }

        var (levels, used) = (byGroup.Count(n => n > 0), byClass.Count(n => n > 0));
        if (levels < 2 || used < 2)
        {
            return new ChiSquaredTest(0, 0, 1, double.NaN, double.NaN);
        }

        var statistic = Math.Max(0, rows * (sum - 1));
        var freedom = (levels - 1) * (used - 1);
        var p = SpecialFunctions.GammaUpperRegularized(freedom / 2.0, statistic / 2);
        return new ChiSquaredTest(statistic, freedom, Math.Clamp(p, 0, 1), Math.Sqrt(Math.Min(1, statistic / rows / (Math.Min(levels, used) - 1))), Bergsma(statistic / rows, rows, levels, used));
    }

    private static double Bergsma(double phiSquared, double rows, int levels, int classes)
    {
        var corrected = Math.Max(0, phiSquared - (levels - 1.0) * (classes - 1.0) / (rows - 1));
        double Side(int n) => n - (n - 1.0) * (n - 1.0) / (rows - 1);
        var smaller = Math.Min(Side(levels), Side(classes)) - 1;
        return smaller > 0 ? Math.Sqrt(Math.Min(1, corrected / smaller)) : 0;
    }
}
