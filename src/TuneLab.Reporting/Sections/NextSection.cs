using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;
using TuneLab.Space;

namespace TuneLab.Reporting.Sections;

/// <summary>What would be worth asking next, each with what makes it so.</summary>
internal static class NextSection
{
    // a value so near the end of what was searched may lie better beyond it
    private const double Edge = 0.03;

    public static ReportSection From(RunRecord record)
    {
        List<string> questions = [.. new[] { Undecided(record), Edges(record), Rows(record), Slices(record), Unused(record), Findings(record), Trainers(record) }.OfType<string>()];
        return new ReportSection("Worth asking next", [questions.Count == 0 ? new ParagraphBlock("Nothing that this experiment points to: ask something else of these data, or of others.") : new ListBlock(questions)]);
    }

    private static string? Undecided(RunRecord record) => record.Result.Verdict switch
    {
        { Outcome: VerdictOutcome.Undecided, More: { } more } => $"Does it hold with about {Show.Whole(more)} more {(record.Start.Table is null ? "repeats" : "rows held out")}? So many would decide it, if the effect is what it seems.",
        { Outcome: VerdictOutcome.Undecided, Effect: double.NaN } when record.Start.Table is not null && record.Result.Nested is null => "Does the winner do as well on rows that the search never saw? Set some aside (validate.holdout), or judge the search on outer folds (validate.nested).",
        { Outcome: VerdictOutcome.Refuted } => "What would have to be different? Tuning does not bring what was expected here: other columns or other rows may.",
        _ => null,
    };

    private static string? Edges(RunRecord record)
    {
        var (best, space) = (record.Result.Best, record.Start.Plan.Trainers.FirstOrDefault(t => t.Trainer.Info.Id == record.Result.Best.Trainer)?.Space);
        var at = (space?.Parameters ?? []).Where(p => p is not ChoiceParameter && best.Trial != record.Result.Baseline.Trial && best.Configuration.Values.TryGetValue(p.Name, out var value) && p.Contains(value) && p.ToUnit(value) is < Edge or > 1 - Edge)
            .Select(p => $"{p.Name} {ConfigurationText.Value(best.Configuration.Values[p.Name])} (searched {p.Describe()})").ToList();
        return at.Count == 0 ? null : $"Is there something better beyond the range that was searched? The winner lies at its edge: {string.Join("; ", at)}. Widen 'space'.";
    }

    private static string? Rows(RunRecord record)
        => record.Analysis.Rows.Value is { Flat: false, Gain: > 0 } curve ? $"What do more rows bring? {curve.Sentence}" : null;

    private static string? Slices(RunRecord record)
        => record.Analysis.Holdout.Value is { Slices: [var worst, ..] } ? $"What is different where {string.Join(" and ", worst.Where)}? The model is worse there than elsewhere." : null;

    private static string? Unused(RunRecord record)
    {
        var unused = (record.Analysis.Features.Value ?? []).Where(f => f.Low <= 0).SelectMany(f => f.Columns).ToList();
        return unused.Count == 0 || record.Analysis.Ablation.HasValue ? null
            : $"Are all columns needed? It is not sure that anything is lost when {(unused.Count <= 5 ? string.Join(", ", unused) : string.Join(", ", unused.Take(5)) + $" and {Show.Whole(unused.Count - 5)} more")} {(unused.Count == 1 ? "is" : "are")} shuffled; tunelab run --ablate trains without each.";
    }

    private static string? Findings(RunRecord record)
        => record.Result.Findings is { } findings && findings.Count(f => f.Severity != Analysis.Findings.FindingSeverity.Hint) is > 0 and var warnings ? $"Does the answer stand once the data are mended? {Show.Count(warnings, "warning")} about them, under Findings." : null;

    private static string? Trainers(RunRecord record)
    {
        var untried = record.Start.Plan.Trainers.Select(t => t.Trainer.Info.Id).Where(id => record.Trials.All(t => t.Configuration.Trainer != id)).ToList();
        return untried.Count == 0 ? null : $"Would {string.Join(" or ", untried)} have won? There was no time for its default. Raise budget.time: it goes on from here.";
    }
}
