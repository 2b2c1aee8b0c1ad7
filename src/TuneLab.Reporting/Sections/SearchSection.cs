using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>How the search went, in figures.</summary>
internal static class SearchSection
{
    /// <summary>The name of the stage whose trials are scored on splits of their own, so that they are not comparable with the others.</summary>
    public const string Confirm = "confirm";

    public static ReportSection From(RunRecord record)
    {
        var (trials, evaluations, seconds) = (record.Result.Trials, record.Result.Evaluations, record.Result.Seconds);
        return new ReportSection("The search",
        [
            new ParagraphBlock($"{Show.Count(trials.Total, "trial")}: {Show.Whole(trials.Cached)} cached, {Show.Whole(trials.Pruned)} pruned, {Show.Whole(trials.Failed)} failed. "
                + $"{Show.Count(evaluations.Computed, record.Start.Table is null ? "run" : "fold")} computed, {Show.Whole(evaluations.Cached)} found in the store. "
                + $"{Show.Seconds(seconds.Wall)} of active time in all; of this process {Show.Seconds(seconds.Fit)} fitting and {Show.Seconds(seconds.Score)} scoring over all jobs, {Show.Seconds(seconds.Overhead)} neither."),
            HistoryPlot.Draw(record),
            StripPlot.Draw(record),
            .. TimelinePlot.Draw(record) is { } timeline ? (ReportBlock[])[timeline] : [],
        ]);
    }
}
