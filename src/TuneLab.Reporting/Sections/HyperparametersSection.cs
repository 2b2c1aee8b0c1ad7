using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What the winner's trainer makes of its hyperparameters.</summary>
internal static class HyperparametersSection
{
    private const int MostSlices = 6;

    public static ReportSection From(RunRecord record)
    {
        var winners = new WinnersTrials(record);
        var title = "Hyperparameters of " + winners.Trainer;
        if (winners.Varied.Count == 0)
        {
            return new ReportSection(title, [new ParagraphBlock("Nothing was varied, so there is nothing to show.")]);
        }

        List<ReportBlock?> figures = [.. winners.Varied.Take(MostSlices).Select(p => SlicePlot.Draw(record, winners, p)), ParallelPlot.Draw(winners), RangePlot.Draw(record, winners)];
        return new ReportSection(title,
        [
            new ParagraphBlock($"Validation scores of the trials that were not pruned; hollow marks were given less, the dashed line is the best default." + (winners.Varied.Count > MostSlices ? $" Shown are {MostSlices} of {winners.Varied.Count} hyperparameters; trials.csv has all." : "")),
            .. figures.OfType<ReportBlock>(),
        ]);
    }
}
