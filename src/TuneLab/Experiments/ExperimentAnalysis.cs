using TuneLab.Analysis;
using TuneLab.Analysis.Holdout;

namespace TuneLab.Experiments;

/// <summary>What an experiment says beyond its answer: values that figures and tables are drawn from, kept in the store. Immutable.</summary>
public sealed record ExperimentAnalysis
{
    /// <summary>Nothing, for one reason.</summary>
    /// <param name="because">As a sentence's end.</param>
    public static ExperimentAnalysis None(string because) => new() { Holdout = Analyzed<HoldoutAnalysis>.Not(because), Features = Analyzed<IReadOnlyList<FeatureImportance>>.Not(because) };

    /// <summary>The winner's predictions of the holdout, looked at closely.</summary>
    public required Analyzed<HoldoutAnalysis> Holdout { get; init; }

    /// <summary>What the winner loses on the holdout without each column, largest first.</summary>
    public required Analyzed<IReadOnlyList<FeatureImportance>> Features { get; init; }
}
