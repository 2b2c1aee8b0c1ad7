using TuneLab.Analysis.Findings;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Metrics;

namespace TuneLab.Reporting.Text;

/// <summary>Sentences that several views share.</summary>
internal static class Explain
{
    /// <summary>The verdict in one word.</summary>
    public static string Outcome(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Supported => "supported",
        VerdictOutcome.Refuted => "refuted",
        _ => "undecided",
    };

    /// <summary>The verdict's sentence without the outcome that it may begin with: views show that on its own.</summary>
    public static string Finding(Verdict verdict)
    {
        var prefix = verdict.Outcome + ": ";
        var words = verdict.Sentence.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? verdict.Sentence[prefix.Length..] : verdict.Sentence;
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>What was expected, in words.</summary>
    public static string Expectation(ResolvedPlan plan)
    {
        var expect = plan.Plan.Expect;
        var metric = expect.Metric ?? plan.Metric.Id;
        var ground = plan.Plan.Command is not null ? "over fresh seeds" : plan.Plan.Validate is { Nested: { } outer, Outer: null } ? $"over {outer} outer folds" : "on the holdout";
        if (expect.AtLeast is { } score)
        {
            return (expect.Trainer is null ? metric : expect.Trainer + "'s " + metric) + $" {ground} reaches {Show.Short(score)}";
        }

        var rival = expect.Rival switch { null or TuneLab.Experiments.Expectation.Default => "the best default", TuneLab.Experiments.Expectation.Winner => "the winner", var other => other };
        var speed = expect.FasterBy is { } factor ? $", and fits {Show.Short(factor)} times as fast" : "";
        if (expect.Within is { } most)
        {
            return $"{expect.Subject} is at most {Margin(most)} worse than {rival} {ground}{speed}";
        }

        return $"{expect.Subject} beats {rival}" + (expect.By == 0 ? " in " + metric : " by more than " + Margin(expect.By)) + " " + ground + speed;

        string Margin(double amount) => expect.Relative ? Show.Percent(amount) + " of its " + metric : Show.Short(amount) + " " + metric;
    }

    /// <summary>The tests beside the verdict, a sentence each.</summary>
    public static IReadOnlyList<string> Tests(Verdict verdict, Objective objective, Expectation expect) => [.. verdict.Tests.Select(t => Test(t, expect.Metric ?? objective.Id))];

    private static string Test(SupportingTest test, string metric)
    {
        var bounds = double.IsNaN(test.Low) ? "" : $", 95 % bounds {Show.Number(test.Low)} and {Show.Number(test.High)}";
        var name = test.Id switch { "delong" => "DeLong's test", "mcnemar" => "McNemar's test", "corrected-t" => "The corrected resampled t-test", "fit-time" => "Fit times", var id => id };
        return test.Id == "fit-time"
            ? $"{name}: {Show.Short(test.Effect)} times as fast{bounds} ({test.Note})."
            : $"{name}: {Show.Number(test.Effect)} {metric}{bounds}, p {Show.Short(test.P)} for more than {Show.Short(test.By)} ({test.Note}).";
    }

    /// <summary>How much the score that the winner was chosen by flatters; null where there is nothing to hold against it.</summary>
    public static string? Optimism(RunRecord record)
    {
        var (best, metric) = (record.Result.Best, record.Start.Plan.Metric);
        var others = new[] { ("fresh splits", best.Confirm?.Mean), ("the holdout", best.Holdout?.Value) }.Where(o => o.Item2 is { } score && double.IsFinite(score)).ToList();
        if (others.Count == 0)
        {
            return null;
        }

        var gaps = others.Select(o => $"{Show.Signed(metric.Gain(best.Validation.Mean, o.Item2!.Value), best.Validation.Mean)} against {o.Item1}");
        return $"Optimism of the winner's validation score, by which it was chosen: {string.Join(", ", gaps)} (above 0 it flatters).";
    }

    /// <summary>Which way the metric points.</summary>
    public static string Direction(Objective metric) => metric.HigherIsBetter ? "more is better" : "less is better";

    /// <summary>How often the holdout has been looked at, or that there is none.</summary>
    public static string Looks(RunRecord record) => record.Result.HoldoutLooks switch
    {
        0 when record.Start.Table is null => "A program has no holdout here: winner and default were run with the same fresh seeds, which the search had not used.",
        0 when record.Start.Plan.Plan.Validate.Nested is { } folds => $"There is no holdout: the whole search was run once more without each of {Show.Whole(folds)} outer folds, and each judges only the winner that was found without it.",
        0 => "There is no holdout, so nothing is said about rows that the search never saw.",
        var n when n <= Own(record.Result) => "This holdout has been looked at by this experiment only, after the search had ended.",
        var n => $"{Show.Count(n, "model")} have been scored on this holdout so far, {Own(record.Result) switch { 1 => "this one", 2 => "these two", var own => "these " + Show.Whole(own) }} included; the more there are, the more the best one's score flatters.",
    };

    /// <summary>The out-of-bag score of the winner's final model; null when it has none.</summary>
    public static string? OutOfBag(RunRecord record) => record.Result.Best.OutOfBag is { } score
        ? $"Out of bag, the final model has {score.Metric} {Show.Number(score.Value)} on {Show.Count(score.Rows, "training row")}, each predicted by the trees that did not draw it."
        : null;

    // the store counts a look per model: winner and baseline, unless they are the same, the ensemble and its members
    private static int Own(ExperimentResult result)
        => (result.Ensemble?.Members.Select(m => m.Trial) ?? []).Append(result.Best.Trial).Append(result.Baseline.Trial).Distinct().Count() + (result.Ensemble is null ? 0 : 1);

    /// <summary>A finding's weight in one word.</summary>
    public static string Severity(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "ERROR",
        FindingSeverity.Warning => "Warning",
        _ => "Hint",
    };

    /// <summary>How many findings there are of each weight: <c>1 warning, 2 hints</c>.</summary>
    public static string Counts(IReadOnlyList<Finding> findings)
        => string.Join(", ", findings.GroupBy(f => f.Severity).OrderByDescending(g => g.Key).Select(g => Show.Count(g.Count(), g.Key.ToString().ToLowerInvariant())));

    /// <summary>The columns that predictions follow in one direction.</summary>
    public static string Monotone(TableSummary table)
        => string.Join(", ", table.Roles.Monotone.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {m.Value.ToString().ToLowerInvariant()}"));

    /// <summary>What is learned, with the classes and their shares.</summary>
    public static string Label(TableSummary table)
    {
        var label = table.Roles.Label;
        if (table.Task == LearningTask.Regression || table.Classes.Count == 0)
        {
            return $"{label} (a number)";
        }

        var shown = table.Classes.Select((name, i) => (name, Share: (double)table.ClassRows[i] / Math.Max(1, table.RowCount))).Take(10);
        return $"{label} ({table.Classes.Count} classes: "
            + string.Join(", ", shown.Select(c => c.name + " " + (c.Share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %"))
            + (table.Classes.Count > 10 ? ", ..." : "") + ")"
            + (table.Task == LearningTask.Binary ? $"; {table.Classes[1]} counts as positive" : "");
    }

    /// <summary>How rows are parted.</summary>
    public static string Split(ExperimentStart start)
    {
        var validate = start.Plan.Plan.Validate;
        if (start.Table is null)
        {
            return validate.Repeats == 1 ? "every trial is one run, all with the same seed" : $"every trial is {Show.Count(validate.Repeats, "run")}, each with a seed of its own";
        }

        var folds = start.Plan.SplitKind == "given"
            ? $"the given split (column {validate.Column})"
            : Show.Count(validate.Folds, start.Plan.SplitKind == "kfold" ? "fold" : start.Plan.SplitKind + " fold") + (validate.Repeats > 1 ? ", " + Show.Count(validate.Repeats, "repeat") : "");
        return (validate is { Nested: { } outer, Outer: null } ? $"{Show.Count(outer, "outer fold")} judge the search; " : start.HoldoutRows == 0 ? "no holdout; " : $"{Show.Count(start.HoldoutRows, "row")} set aside as holdout; ")
            + $"{Show.Count(start.TrainingRows, "row")} searched on in {folds}";
    }

    /// <summary>Why a score is not there.</summary>
    public static IReadOnlyList<string> Gaps(RunRecord record)
    {
        var (best, baseline) = (record.Result.Best, record.Result.Baseline);
        var gaps = new List<string>();
        if (best.Confirm is null || baseline.Confirm is null)
        {
            gaps.Add("Confirm: – because " + (record.Result.Complete ? "no finalist got through it in the time there was." : "the run was stopped before confirm ended."));
        }

        if (record.Start.Table is not null && record.Result.Nested is null && (best.Holdout is null || baseline.Holdout is null))
        {
            gaps.Add("Holdout: – because " + (record.Start.HoldoutRows == 0 ? "no rows were set aside (validate.holdout)." : "the run was stopped before it was scored."));
        }

        if (best.Trial == baseline.Trial)
        {
            var searched = record.Trials.Where(t => t.Stage is not ("defaults" or "confirm")).ToList();
            gaps.Add("The winner is the default itself: " + (searched.Count == 0 ? "no other trial of the search ended; each stage says why."
                : searched.Exists(t => t.Fidelity.IsFull) ? "nothing that was tried did better."
                : "what was tried had less than all rows, rounds or folds, and the search ended before any of it was run on everything."));
        }

        return gaps;
    }
}
