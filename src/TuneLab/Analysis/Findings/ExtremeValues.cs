using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>Numbers far from the others, as hints only: <c>many-outliers</c>, <c>extreme-values</c>, and <c>skewed-label</c> of a regression.</summary>
internal sealed class ExtremeValues : TableCheck
{
    private const int FewestRows = 100;
    private const double ManyOutliers = 0.2;
    private const double BoxWidthsAway = 100;
    private const double VerySkewed = 3;

    public override IEnumerable<Finding> Look(TableView view)
    {
        if (view.Table.RowCount < FewestRows)
        {
            yield break;
        }

        var numbers = view.Features.Where(c => c is { Numbers: { } n, Box: not null } && n.Upper > n.Lower).ToList();
        List<(ColumnProfile Column, double Share)> many = [.. numbers.Select(c => (c, (double)c.Box!.Outliers / (view.Profile.Rows - c.Missing))).Where(c => c.Item2 >= ManyOutliers).OrderByDescending(c => c.Item2)];
        if (many.Count > 0)
        {
            string[] names = [.. many.Select(m => m.Column.Name)];
            yield return new Finding("many-outliers", FindingSeverity.Hint, names, $"{Names(names)}: {(names.Length == 1 ? "" : "up to ")}{Percent(many[0].Share)} of the rows lie outside the box plot's fences.", "Trees don't mind; for linear trainers a logarithm of such a column may tell more.");
        }

        List<(ColumnProfile Column, double Widths)> far = [.. numbers.Select(c => (c, Away(c.Numbers!))).Where(c => c.Item2 >= BoxWidthsAway && double.IsFinite(c.Item2)).OrderByDescending(c => c.Item2)];
        if (far.Count > 0)
        {
            var worst = far[0].Column.Numbers!;
            string[] names = [.. far.Select(f => f.Column.Name)];
            yield return new Finding(
                "extreme-values", FindingSeverity.Hint, names,
                string.Create(CultureInfo.InvariantCulture, $"{Names(names)} {(names.Length == 1 ? "has" : "have")} values very far from all others: '{names[0]}' goes from {worst.Min:G5} to {worst.Max:G5}, and half of its values lie from {worst.Lower:G5} to {worst.Upper:G5}."),
                "Look for slips of the hand, and for numbers that stand for a missing value (data.missing).");
        }

        if (view.Table.Task == LearningTask.Regression && Skewness(view.Table.Target) is >= VerySkewed and var skewness)
        {
            yield return new Finding(
                "skewed-label", FindingSeverity.Hint, [view.Table.Roles.Label], string.Create(CultureInfo.InvariantCulture, $"'{view.Table.Roles.Label}' is very skewed (skewness {skewness:0.#}): a few large values rule rmse and r2."),
                "Consider metric: mae, or rmsle where relative errors matter.");
        }
    }

    private static double Away(NumberSummary n) => Math.Max(n.Lower - n.Min, n.Max - n.Upper) / (n.Upper - n.Lower);

    private static double Skewness(double[] values)
    {
        var mean = values.Average();
        var (second, third) = (0.0, 0.0);
        foreach (var value in values)
        {
            var away = value - mean;
            second += away * away / values.Length;
            third += away * away * away / values.Length;
        }

        return third / Math.Pow(second, 1.5);
    }
}
