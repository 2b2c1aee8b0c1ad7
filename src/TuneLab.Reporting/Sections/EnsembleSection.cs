using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>The ensemble beside the winner, where the plan asks for one.</summary>
internal static class EnsembleSection
{
    /// <summary>Rows of name, ensemble, winner and how much better the ensemble is; the console prints them too.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(RunRecord record, EnsembleSummary ensemble)
    {
        var (best, metric) = (record.Result.Best, record.Start.Plan.Metric);
        return
        [
            ["models", Show.Count(ensemble.Members.Count, "member"), $"{best.Trainer} (trial {best.Trial})", ""],
            ["validation", Show.Number(ensemble.Validation), Show.Number(best.Validation.Mean), Show.Signed(metric.Gain(ensemble.Validation, best.Validation.Mean), best.Validation.Mean)],
            ["holdout", Show.Score(ensemble.Holdout), Show.Score(best.Holdout), ensemble.Gain is { } gain ? Show.Signed(gain.Effect, best.Holdout?.Value ?? double.NaN) : Show.Nothing],
        ];
    }

    /// <summary>What the numbers mean, and how the ensemble is used.</summary>
    public static IReadOnlyList<string> Words(RunRecord record, EnsembleSummary ensemble)
    {
        var words = new List<string>();
        if (ensemble.Gain is { } gain)
        {
            var score = record.Result.Best.Holdout!.Value;
            words.Add($"On the holdout the ensemble's gain on the winner is {Show.Signed(gain.Effect, score)} {ensemble.Metric}, 90 % interval {Show.Signed(gain.Low, score)} to {Show.Signed(gain.High, score)}, one-sided p-value {Show.Fixed(gain.P, 3)}.");
        }

        words.Add($"It was chosen from {Show.Count(ensemble.Candidates, "trial")} by the validation score, which therefore flatters it. The winner stays the model of model.zip: the ensemble lies in the same file, for tunelab predict --ensemble.");
        return words;
    }

    /// <summary>The chapter; null where the plan asks for no ensemble.</summary>
    public static ReportSection? From(RunRecord record)
    {
        const string Title = "Ensemble beside the winner";
        if (record.Result.Ensemble is not { } ensemble)
        {
            return record.Result.EnsembleLeftOut is { } reason ? new ReportSection(Title, [new ParagraphBlock(LeftOut(reason))]) : null;
        }

        return new ReportSection(Title,
        [
            new TableBlock([new(ensemble.Metric), new("ensemble", true), new("winner", true), new("ensemble better by", true)], Rows(record, ensemble)),
            .. Words(record, ensemble).Select(w => new ParagraphBlock(w)),
            new TableBlock(
                [new("weight", true), new("trial", true), new("trainer"), new("rounds", true), new("configuration", Wide: true)],
                [.. ensemble.Members.OrderByDescending(m => m.Weight).Select(m => (IReadOnlyList<string>)[Show.Fixed(m.Weight, 3), Show.Whole(m.Trial), m.Trainer, Show.Whole(m.Rounds), ConfigurationText.Line(m.Settled)])]),
        ]);
    }

    /// <summary>That there is none, and why.</summary>
    public static string LeftOut(string reason) => "No ensemble: " + reason + ".";
}
