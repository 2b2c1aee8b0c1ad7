using TuneLab.Analysis.Importance;
using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;
using TuneLab.Space;

namespace TuneLab.Reporting.Sections;

/// <summary>What the winner's trainer makes of its hyperparameters.</summary>
internal static class HyperparametersSection
{
    private const int MostSlices = 6;
    private const int MostBars = 12;

    public static ReportSection From(RunRecord record)
    {
        var winners = new WinnersTrials(record);
        var title = "Hyperparameters of " + winners.Trainer;
        if (winners.Varied.Count == 0)
        {
            return new ReportSection(title, [new ParagraphBlock("Nothing was varied, so there is nothing to show.")]);
        }

        var importance = record.Analysis.Hyperparameters;
        var share = importance.Value?.Hyperparameters.ToDictionary(h => h.Name, h => h.Share.Value) ?? [];
        Parameter[] ordered = [.. winners.Varied.OrderByDescending(p => share.GetValueOrDefault(p.Name))];
        List<ReportBlock?> figures =
        [
            importance.Value is { } known ? Importance(known, record) : null,
            (importance.Value?.Surface is { } surface ? SurfacePlot.Draw(winners, surface) : null) ?? (ordered.Length > 1 ? LandscapePlot.Draw(winners, ordered[0], ordered[1]) : null),
            .. ordered.Take(MostSlices).Select(p => SlicePlot.Draw(record, winners, p)), ParallelPlot.Draw(winners), RangePlot.Draw(record, winners),
        ];
        return new ReportSection(title,
        [
            new ParagraphBlock((importance.Value is { } found ? Words(found) + " " : $"Which of them matter is not told: {importance.NotYet}. ")
                + "Below, validation scores of the trials that were not pruned; hollow marks were given less, the dashed line is the best default." + (ordered.Length > MostSlices ? $" Shown are {MostSlices} of {ordered.Length} hyperparameters; trials.csv has all." : "")),
            .. figures.OfType<ReportBlock>(),
        ]);
    }

    private static FigureBlock Importance(HyperparameterImportance importance, RunRecord record)
    {
        var bars = importance.Hyperparameters.Select(h => (h.Name, h.Share)).Concat(importance.Interactions.Take(4).Where(i => i.Share.Value > 0.01).Select(i => ($"{i.First} × {i.Second}", i.Share))).OrderByDescending(b => b.Item2.Value).Take(MostBars).ToList();
        var words = $"Shares of the variance of {record.Start.Plan.Metric.Id} over the search space, with the standard deviation over the trees: " + string.Join(", ", bars.Take(5).Select(b => $"{b.Item1} {Show.Percent(b.Item2.Value)}")) + ".";
        return BarPlot.Draw("Importance of hyperparameters", words,
            [.. bars.Select(b => new Bar(b.Item1, 100 * b.Item2.Value, 100 * Math.Max(0, b.Item2.Value - b.Item2.Spread), 100 * Math.Min(1, b.Item2.Value + b.Item2.Spread), $"{b.Item1}: {Show.Percent(b.Item2.Value)}"))], "% of the variance");
    }

    private static string Words(HyperparameterImportance importance)
        => $"Importance: functional ANOVA over {Show.Count(importance.Trials, "trial")} ({Show.Whole(importance.Trees)} trees, which foretell {Show.Percent(Math.Round(importance.Explained, 2))} of the variance of trials that they have not seen): over the whole space, not only near the best.";
}
