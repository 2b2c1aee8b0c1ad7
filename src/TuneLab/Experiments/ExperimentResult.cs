using TuneLab.Analysis.Findings;
using TuneLab.Experiments.Nested;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>A score with its spread.</summary>
/// <param name="Mean">Mean over the folds.</param>
/// <param name="Std">Standard deviation over the folds (n - 1); null for fewer than two.</param>
/// <param name="Count">How many folds (validation) or repeats (confirm).</param>
public sealed record ScoreSummary(double Mean, double? Std, int Count);

/// <summary>A score on the holdout with its 95 % percentile-bootstrap interval.</summary>
public sealed record HoldoutScore(double Value, double Low, double High);

/// <summary>The score of a forest on its own training rows, each predicted by the trees that did not draw it.</summary>
/// <param name="Metric">The objective's id.</param>
/// <param name="Value">The score.</param>
/// <param name="Rows">How many rows some tree did not draw.</param>
public sealed record OutOfBagScore(string Metric, double Value, int Rows);

/// <summary>The winner or the baseline.</summary>
public sealed record Contender
{
    /// <summary>The trainer's id.</summary>
    public required string Trainer { get; init; }

    /// <summary>Its hyperparameters.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>The same as a person would write it down: with the rounds, or what they stand for, that the refitted model has.</summary>
    public required Configuration Settled { get; init; }

    /// <summary>The trial it comes from.</summary>
    public required int Trial { get; init; }

    /// <summary>The round count of the refitted model.</summary>
    public required int Rounds { get; init; }

    /// <summary>The objective's id.</summary>
    public required string Metric { get; init; }

    /// <summary>On the search splits.</summary>
    public required ScoreSummary Validation { get; init; }

    /// <summary>On fresh splits of the training rows; null when confirm did not get to it.</summary>
    public required ScoreSummary? Confirm { get; init; }

    /// <summary>On the holdout, refitted on all training rows; null when there is none.</summary>
    public required HoldoutScore? Holdout { get; init; }

    /// <summary>Out of bag, of the final model; null where no model was kept, where it is no forest, or one whose trees all see every row.</summary>
    public OutOfBagScore? OutOfBag { get; init; }

    /// <summary>Every metric of the task on the holdout (without one: on validation), by id.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }
}

/// <summary>A member of an ensemble.</summary>
/// <param name="Trial">The trial it comes from.</param>
/// <param name="Trainer">The trainer's id.</param>
/// <param name="Settled">As <see cref="Contender.Settled"/>.</param>
/// <param name="Rounds">The round count of the refitted model.</param>
/// <param name="Weight">Above 0; the members' weights add up to 1.</param>
public sealed record EnsembleMember(int Trial, string Trainer, Configuration Settled, int Rounds, double Weight);

/// <summary>An ensemble against the winner, on the same rows of the holdout.</summary>
/// <param name="Effect">Ensemble minus winner, positive when the ensemble is better.</param>
/// <param name="Low">One-sided 95 % lower bound of the effect.</param>
/// <param name="High">One-sided 95 % upper bound.</param>
/// <param name="P">One-sided bootstrap p-value of "the effect is at most 0".</param>
public sealed record EnsembleGain(double Effect, double Low, double High, double P);

/// <summary>An ensemble of good trials, told beside the winner and never instead of it.</summary>
public sealed record EnsembleSummary
{
    /// <summary>The members in the order of their validation scores; at least two.</summary>
    public required IReadOnlyList<EnsembleMember> Members { get; init; }

    /// <summary>How many trials it was chosen from.</summary>
    public required int Candidates { get; init; }

    /// <summary>The objective's id.</summary>
    public required string Metric { get; init; }

    /// <summary>On the folds of the search: the mean over them. It was chosen by this number, which therefore flatters.</summary>
    public required double Validation { get; init; }

    /// <summary>Of the best of the candidates alone, in the same way.</summary>
    public required double Single { get; init; }

    /// <summary>On the holdout; null when there is none.</summary>
    public required HoldoutScore? Holdout { get; init; }

    /// <summary>Against the winner; null without a holdout.</summary>
    public required EnsembleGain? Gain { get; init; }

    /// <summary>Every metric of the task on the holdout, by id; empty without one.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }
}

/// <summary>The answer to the hypothesis.</summary>
public enum VerdictOutcome
{
    /// <summary>The data do not decide.</summary>
    Undecided,

    /// <summary>The one-sided 95 % lower bound of the effect is above what was expected.</summary>
    Supported,

    /// <summary>The upper bound is below it.</summary>
    Refuted,
}

/// <summary>The verdict with its numbers.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="Effect">Winner minus rival on the holdout, positive when the winner is better; for <c>at_least</c> the score minus the threshold. NaN without a holdout.</param>
/// <param name="Low">One-sided 95 % lower bound of the effect.</param>
/// <param name="High">One-sided 95 % upper bound.</param>
/// <param name="By">What the effect was expected to exceed, in the metric's unit.</param>
/// <param name="P">One-sided bootstrap p-value of "the effect is at most <paramref name="By"/>".</param>
/// <param name="Sentence">In plain words.</param>
public sealed record Verdict(VerdictOutcome Outcome, double Effect, double Low, double High, double By, double P, string Sentence)
{
    /// <summary>Other tests of the same difference, told beside the one that decides. <value>Empty.</value></summary>
    public IReadOnlyList<SupportingTest> Tests { get; init; } = [];

    /// <summary>About how many more rows held out (repeats, for a program) would decide it if the effect is what it seems; null when it is decided, or when no number would. <value>Null.</value></summary>
    public long? More { get; init; }

    /// <summary>Whether the other says the same, its tests one by one.</summary>
    public bool Equals(Verdict? other)
        => other is not null && (Outcome, Effect, Low, High, By, P, Sentence, More).Equals((other.Outcome, other.Effect, other.Low, other.High, other.By, other.P, other.Sentence, other.More)) && Tests.SequenceEqual(other.Tests);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Outcome, Sentence);
}

/// <summary>A test that is told beside a verdict and does not decide it.</summary>
/// <param name="Id"><c>delong</c>, <c>mcnemar</c> or <c>corrected-t</c>.</param>
/// <param name="Effect">Winner minus rival, positive when the winner is better.</param>
/// <param name="Low">One-sided 95 % lower bound; NaN where the test has none.</param>
/// <param name="High">One-sided 95 % upper bound; NaN where the test has none.</param>
/// <param name="By">What the effect is tested to exceed.</param>
/// <param name="P">One-sided p-value of "the effect is at most <paramref name="By"/>".</param>
/// <param name="Note">What it compared, in words.</param>
public sealed record SupportingTest(string Id, double Effect, double Low, double High, double By, double P, string Note);

/// <summary>Where the time went.</summary>
/// <param name="Wall">Active wall seconds over all resumptions.</param>
/// <param name="Fit">Seconds of learning, summed over jobs, of this process.</param>
/// <param name="Score">Seconds of scoring, summed over jobs, of this process.</param>
/// <param name="Overhead">This process's wall - (fit + score) / jobs.</param>
public sealed record TimeSummary(double Wall, double Fit, double Score, double Overhead);

/// <summary>What was tried.</summary>
public sealed record TrialCounts(int Total, int Cached, int Failed, int Pruned);

/// <summary>Folds computed by this process, and found in the store.</summary>
public sealed record EvaluationCounts(int Computed, int Cached)
{
    /// <summary>Boosting rounds that were trained a second time over the whole experiment, because the paused run that was to go on was lost, with its process for instance. <value>0</value></summary>
    public int RoundsAgain { get; init; }
}

/// <summary>What an experiment found: everything that views render. Immutable.</summary>
public sealed record ExperimentResult
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>Whether it ended by its own plan; false when a signal or an outside limit stopped it first.</summary>
    public required bool Complete { get; init; }

    /// <summary>The confirmed winner, or the best so far.</summary>
    public required Contender Best { get; init; }

    /// <summary>The best of the trainers' defaults by validation.</summary>
    public required Contender Baseline { get; init; }

    /// <summary>The answer.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>With how many configurations of earlier experiments on the same data the search began. <value>0</value></summary>
    public int Prior { get; init; }

    /// <summary>How the search did without each outer fold, where the plan asks for nested cross-validation. <value>Null.</value></summary>
    public NestedSummary? Nested { get; init; }

    /// <summary>The ensemble; null where the plan asks for none, or none came of it. <value>Null.</value></summary>
    public EnsembleSummary? Ensemble { get; init; }

    /// <summary>Why the ensemble that the plan asks for was left out. <value>Null: it was not.</value></summary>
    public string? EnsembleLeftOut { get; init; }

    /// <summary>What was said of the data before the first trial, errors first; null for a program, and of a result stored before there were findings. <value>Null.</value></summary>
    public IReadOnlyList<Finding>? Findings { get; init; }

    /// <summary>What was tried.</summary>
    public required TrialCounts Trials { get; init; }

    /// <summary>What was computed and what was found.</summary>
    public required EvaluationCounts Evaluations { get; init; }

    /// <summary>Where the time went.</summary>
    public required TimeSummary Seconds { get; init; }

    /// <summary>The stage passes with their exits; here, and as monitors are told, <see cref="StageRecord.Trials"/> counts the trials that ended.</summary>
    public required IReadOnlyList<StageRecord> Stages { get; init; }

    /// <summary>How many models this holdout has scored over all experiments, winner, baseline, ensemble and its members of this one included; 0 without a holdout.</summary>
    public required int HoldoutLooks { get; init; }

    /// <summary>The files written, by kind (<c>model</c>, <c>report</c>, ...), absolute.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }
}
