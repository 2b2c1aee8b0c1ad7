using TuneLab.Experiments;
using TuneLab.Reporting.Sections;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting;

/// <summary>A chapter of a report.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Blocks">What stands below it, in order.</param>
public sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks);

/// <summary>What a report says, before any view: one value that Markdown and HTML render alike. Immutable.</summary>
/// <param name="Title">The experiment's name.</param>
/// <param name="Outcome">The verdict's outcome.</param>
/// <param name="Verdict">What was found, in a sentence that does not repeat the outcome.</param>
/// <param name="Sections">The chapters in order.</param>
public sealed record RunReport(string Title, VerdictOutcome Outcome, string Verdict, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>Makes the report of a run: a pure function of the record.</summary>
    public static RunReport From(RunRecord record) => new(
        record.Result.Experiment,
        record.Result.Verdict.Outcome,
        Explain.Finding(record.Result.Verdict),
        [
            QuestionSection.From(record),
            ComparisonSection.From(record),
            .. EnsembleSection.From(record) is { } ensemble ? (ReportSection[])[ensemble] : [],
            ConfigurationSection.From(record),
            HoldoutSection.From(record),
            FeaturesSection.From(record),
            GrowthSection.From(record),
            .. StudiesSection.From(record) is { } studies ? (ReportSection[])[studies] : [],
            SearchSection.From(record),
            HyperparametersSection.From(record),
            StagesSection.From(record),
            TrainersSection.From(record),
            TopTrialsSection.From(record),
            DataSection.From(record),
            .. FindingsSection.From(record) is { } findings ? (ReportSection[])[findings] : [],
            NextSection.From(record),
            ReproduceSection.From(record),
        ]);
}
