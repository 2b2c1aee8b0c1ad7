using TuneLab.Analysis.Holdout;
using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>How the winner is right and wrong on the rows that the search never saw.</summary>
internal static class HoldoutSection
{
    private const string Title = "Errors on the holdout";

    public static ReportSection From(RunRecord record)
    {
        if (record.Analysis.Holdout.Value is not { } holdout)
        {
            return new ReportSection(Title, [new ParagraphBlock($"Not looked at: {record.Analysis.Holdout.NotYet}.")]);
        }

        List<ReportBlock> blocks = [.. Figures(holdout, record)];
        blocks.Add(Slices(holdout));
        if (holdout.Worst.Count > 0)
        {
            blocks.Add(new ParagraphBlock($"The rows of the largest {holdout.Loss} (numbered in the order of the file among those with a label; the mean over all is {Show.Number(holdout.MeanLoss)}):"));
            blocks.Add(new TableBlock([new("row", true), new("truth"), new("predicted"), new(holdout.Loss, true), new("columns", Wide: true)],
                [.. holdout.Worst.Select(w => (IReadOnlyList<string>)[Show.Whole(w.Row), w.Truth, w.Predicted, Show.Number(w.Loss), string.Join(", ", w.Values.Select(v => v.Key + " " + (v.Value.Length == 0 ? Show.Nothing : v.Value)))])]));
        }

        return new ReportSection(Title, blocks);
    }

    private static IEnumerable<ReportBlock> Figures(HoldoutAnalysis holdout, RunRecord record)
    {
        if (holdout.Ranking is { } ranking)
        {
            var area = record.Result.Best.Scores.GetValueOrDefault("auc", double.NaN);
            yield return CurvePlot.Draw("ROC", $"True positive rate against false positive rate over all thresholds; the area is {Show.Number(area)}, the dashed line is a guess.", ranking.Roc, "false positive rate", "true positive rate", (new(0, 0), new(1, 1)));
            yield return CurvePlot.Draw("Precision and recall", $"Precision against recall over all thresholds; the dashed line is a guess, {Show.Percent(ranking.PositiveShare)}.", ranking.PrecisionRecall, "recall", "precision", (new(0, ranking.PositiveShare), new(1, ranking.PositiveShare)));
        }

        if (holdout.Calibration is { } calibration)
        {
            var farthest = calibration.Bins.MaxBy(b => Math.Abs(b.Observed - b.Predicted))!;
            yield return CurvePlot.Draw("Calibration",
                $"Share of positives against predicted probability, in {Show.Count(calibration.Bins.Count, "bin")} of about as many rows, with 95 % intervals; on the dashed line both are equal. On average they are {Show.Number(calibration.Error)} apart, at most where {Show.Number(farthest.Predicted)} is predicted and {Show.Number(farthest.Observed)} observed.",
                [.. calibration.Bins.Select(b => new CurvePoint(b.Predicted, b.Observed))], "predicted probability", "share of positives", (new(0, 0), new(1, 1)),
                [.. calibration.Bins.Select(b => (new CurvePoint(b.Predicted, b.Observed), b.Low, b.High, $"{Show.Count(b.Rows, "row")}: predicted {Show.Number(b.Predicted)}, observed {Show.Number(b.Observed)}"))]);
        }

        if (holdout.Confusion is { } confusion)
        {
            yield return confusion.Classes.Count <= ConfusionPlot.MostClasses ? ConfusionPlot.Draw(confusion) : new ParagraphBlock($"There is no figure of the confusion of {Show.Whole(confusion.Classes.Count)} classes; analysis.json has the counts.");
        }

        if (holdout.Residuals is { } residuals)
        {
            yield return ResidualPlot.Draw(residuals, record.Start.Table!.Roles.Label);
        }
    }

    private static ReportBlock Slices(HoldoutAnalysis holdout)
    {
        const string How = "Looked for with a small tree over the losses of one half of the holdout, measured on the other half.";
        return holdout.Slices.Count == 0
            ? new ParagraphBlock($"No part of the rows is worse than the rest for sure. {How}")
            : new ListBlock([.. holdout.Slices.Select(s => $"Worse than the rest where {string.Join(" and ", s.Where)}: {holdout.Loss} {Show.Number(s.Loss)} against {Show.Number(s.Rest)} ({Show.Count(s.Rows, "row")}, p {Show.Short(s.P)})."), How]);
    }
}
