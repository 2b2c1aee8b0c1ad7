using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>The winner beside the best default, on every kind of split.</summary>
internal static class ComparisonSection
{
    /// <summary>Rows of name, winner, baseline and how much better the winner is; the console prints them too.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(RunRecord record)
    {
        var (best, baseline, metric) = (record.Result.Best, record.Result.Baseline, record.Start.Plan.Metric);
        var unit = record.Start.Table is null ? "run" : "fold";
        string Gain(double? a, double? b) => Show.Signed(metric.Gain(a ?? double.NaN, b ?? double.NaN), b ?? double.NaN);
        return
        [
            ["trainer", Name(best), Name(baseline), ""],
            ["validation", Show.Score(best.Validation, unit), Show.Score(baseline.Validation, unit), Gain(best.Validation.Mean, baseline.Validation.Mean)],
            ["confirm", Show.Score(best.Confirm, "repeat"), Show.Score(baseline.Confirm, "repeat"), Gain(best.Confirm?.Mean, baseline.Confirm?.Mean)],
            .. record.Start.Table is null ? (IReadOnlyList<string>[])[] : [["holdout", Show.Score(best.Holdout), Show.Score(baseline.Holdout), Gain(best.Holdout?.Value, baseline.Holdout?.Value)]],
        ];
    }

    public static ReportSection From(RunRecord record)
    {
        var (best, baseline, metric) = (record.Result.Best, record.Result.Baseline, record.Start.Plan.Metric);
        List<ReportBlock> blocks =
        [
            new TableBlock([new(metric.Id), new("winner", true), new("best default", true), new("winner better by", true)], Rows(record)),
            new ParagraphBlock($"{metric.Id}: {Explain.Direction(metric)}. " + (record.Start.Table is null
                ? "Validation: with the seeds of the search. Confirm: mean ± standard deviation over fresh seeds. "
                : "Validation: mean ± standard deviation over the folds of the search. Confirm: over repeats on fresh splits. Holdout: rows that the search never saw, with a 95 % bootstrap interval. ") + Explain.Looks(record)),
        ];
        if (record.Result.Nested is { Folds.Count: > 0 } nested)
        {
            blocks.Add(new TableBlock([new("outer fold", true), new("rows", true), new("winner without it"), new("winner", true), new("best default", true), new("effect", true)],
                [.. nested.Folds.Select(f => (IReadOnlyList<string>)[Show.Whole(f.Fold), Show.Whole(f.Rows), f.Trainer, Show.Number(f.Winner), Show.Number(f.Baseline), Show.Signed(f.Effect, f.Winner)])]));
        }

        if (record.Result.Nested is { Failures.Count: > 0 } some)
        {
            blocks.Add(new ListBlock([.. some.Failures.Select(f => $"Outer fold {Show.Whole(f.Fold)} of {Show.Whole(some.Of)} failed: {f.Reason}.")]));
        }

        if (FinalistsPlot.Draw(record) is { } finalists)
        {
            blocks.Add(finalists);
        }

        if (Explain.Optimism(record) is { } optimism)
        {
            blocks.Add(new ParagraphBlock(optimism));
        }

        if (Explain.OutOfBag(record) is { } outOfBag)
        {
            blocks.Add(new ParagraphBlock(outOfBag));
        }

        if (Explain.Gaps(record) is { Count: > 0 } gaps)
        {
            blocks.Add(new ListBlock(gaps));
        }

        var others = best.Scores.Keys.Union(baseline.Scores.Keys).Where(id => id != metric.Id).Order(StringComparer.Ordinal).ToList();
        if (others.Count > 0)
        {
            blocks.Add(new TableBlock(
                [new(best.Holdout is null ? "other metrics, validation" : "other metrics, holdout"), new("winner", true), new("best default", true)],
                [.. others.Select(id => (IReadOnlyList<string>)[id, Score(best, id), Score(baseline, id)])]));
            if (others.Any(id => double.IsNaN(best.Scores.GetValueOrDefault(id, double.NaN)) || double.IsNaN(baseline.Scores.GetValueOrDefault(id, double.NaN))))
            {
                blocks.Add(new ParagraphBlock("– where a metric is not defined on these rows and predictions (f1 when no row is labelled positive, say)."));
            }
        }

        return new ReportSection("Winner against baseline", blocks);
    }

    private static string Name(Contender contender) => string.Create(CultureInfo.InvariantCulture, $"{contender.Trainer} (trial {contender.Trial})");

    private static string Score(Contender contender, string metric) => contender.Scores.TryGetValue(metric, out var score) ? Show.Number(score) : Show.Nothing;
}
