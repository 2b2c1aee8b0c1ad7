using TuneLab.Analysis;
using TuneLab.Analysis.Holdout;
using TuneLab.Analysis.Importance;
using TuneLab.Analysis.LearningCurves;
using TuneLab.Experiments.Studies;

namespace TuneLab.Experiments;

/// <summary>What an experiment says beyond its answer: values that figures and tables are drawn from, kept in the store. Immutable.</summary>
public sealed record ExperimentAnalysis
{
    private const string NotAsked = "it was not asked for";
    private const string Older = "an earlier version worked out the rest";

    /// <summary>Nothing, for one reason.</summary>
    /// <param name="because">As a sentence's end.</param>
    public static ExperimentAnalysis None(string because) => new()
    {
        Holdout = Analyzed<HoldoutAnalysis>.Not(because),
        Features = Analyzed<IReadOnlyList<FeatureImportance>>.Not(because),
        Hyperparameters = Analyzed<HyperparameterImportance>.Not(because),
        Rows = Analyzed<LearningCurve>.Not(because),
        MoreRounds = Analyzed<LearningCurve>.Not(because),
        MoreTime = Analyzed<TrialsOutlook>.Not(because),
    };

    /// <summary>The winner's predictions of the holdout, looked at closely.</summary>
    public required Analyzed<HoldoutAnalysis> Holdout { get; init; }

    /// <summary>What the winner loses on the holdout without each column, largest first.</summary>
    public required Analyzed<IReadOnlyList<FeatureImportance>> Features { get; init; }

    /// <summary>Which hyperparameters of the winner's trainer matter, from its trials.</summary>
    public required Analyzed<HyperparameterImportance> Hyperparameters { get; init; }

    /// <summary>The winner's configuration learned from fewer rows, and what twice the rows would bring.</summary>
    public required Analyzed<LearningCurve> Rows { get; init; }

    /// <summary>The winner's objective by round, averaged over the folds of the search; null where it has no curve.</summary>
    public IReadOnlyList<CurvePoint>? Rounds { get; init; }

    /// <summary>The winner's objective by rounds with a fitted curve, and what twice the rounds would bring, or why they would bring nothing.</summary>
    public Analyzed<LearningCurve> MoreRounds { get; init; } = Analyzed<LearningCurve>.Not(Older);

    /// <summary>What as many trials again, so twice the search time, would bring.</summary>
    public Analyzed<TrialsOutlook> MoreTime { get; init; } = Analyzed<TrialsOutlook>.Not(Older);

    /// <summary>What the winner's configuration loses when it is trained without each column, largest first.</summary>
    public Analyzed<IReadOnlyList<AblatedColumns>> Ablation { get; init; } = Analyzed<IReadOnlyList<AblatedColumns>>.Not(NotAsked);

    /// <summary>How far scores and ranks move under small changes.</summary>
    public Analyzed<Stability> Stability { get; init; } = Analyzed<Stability>.Not(NotAsked);
}
