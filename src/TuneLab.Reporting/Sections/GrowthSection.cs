using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What more rows, rounds and time would bring.</summary>
internal static class GrowthSection
{
    public static ReportSection From(RunRecord record)
    {
        var (analysis, metric) = (record.Analysis, record.Start.Plan.Metric);
        List<ReportBlock> blocks =
        [
            new ParagraphBlock(analysis.Rows.Value is { } curve ? curve.Sentence : $"What more rows would bring is not told: {analysis.Rows.NotYet}."),
            .. analysis.Rounds is { Count: > 2 } ? (ReportBlock[])[new ParagraphBlock(analysis.MoreRounds.Value is { } more ? more.Sentence : $"More rounds: {analysis.MoreRounds.NotYet}.")] : [],
        ];
        if (Time(record) is { } time)
        {
            blocks.Add(new ParagraphBlock(time));
        }

        if (analysis.Rows.Value is { } known)
        {
            blocks.Add(GrowthPlot.Draw(known, metric));
        }

        if (analysis.Rounds is { Count: > 2 } rounds)
        {
            blocks.Add(RoundsPlot.Draw(rounds, record.Result.Best.Rounds, analysis.MoreRounds.Value, metric));
        }

        return new ReportSection("What more would bring", blocks);
    }

    private static string? Time(RunRecord record)
        => (record.Analysis.MoreTime.Value?.Sentence, SecondHalf(record)) switch
        {
            ({ } foretold, var half) => foretold + (half is null ? "" : " " + half),
            (null, { } half) => half,
            _ => null,
        };

    private static string? SecondHalf(RunRecord record)
    {
        var metric = record.Start.Plan.Metric;
        var trials = RankedTrials.Of(record.Trials, metric).OrderBy(t => t.FinishedSeconds).ToList();
        if (trials.Count < 4 || trials[^1].FinishedSeconds <= 0)
        {
            return null;
        }

        var half = trials[^1].FinishedSeconds / 2;
        var order = Comparer<double>.Create(metric.Compare);
        var first = trials.Where(t => t.FinishedSeconds <= half).Select(t => t.Score).Order(order).ToList();
        if (first.Count == 0)
        {
            return null;
        }

        var (then, now) = (first[0], trials.Select(t => t.Score).Order(order).First());
        var gain = metric.Gain(now, then);
        return gain <= 0 ? $"The second half of the search found nothing better than the first half had ({Show.Number(then)})."
            : $"The second half of the search brought {Show.Signed(gain, now)} {metric.Id} of validation ({Show.Number(then)} to {Show.Number(now)}).";
    }
}
