using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What the experiment looked at.</summary>
internal static class DataSection
{
    private const int MostFigures = 12;
    private const int MostRows = 40;
    private const int LongestName = 40;

    public static ReportSection From(RunRecord record)
    {
        var start = record.Start;
        if (start.Table is not { } table)
        {
            return Program(start, start.Plan.Plan.Command!);
        }

        List<KeyValuePair<string, string>> facts =
        [
            new("File", start.Plan.Plan.Data.File),
            new("Rows", Show.Whole(table.RowCount) + (table.RowsWithoutLabel > 0 ? $" with a label; {Show.Count(table.RowsWithoutLabel, "row")} without one left out" : "")),
            new("Label", Explain.Label(table)),
            new("Features", Show.Whole(table.Features.Count) + ": " + string.Join(", ", table.Features.GroupBy(f => f.Type).OrderBy(g => g.Key).Select(g => g.Count() + " " + g.Key.ToString().ToLowerInvariant()))),
        ];
        if (table.Roles.Ignore.Count > 0)
        {
            facts.Add(new("Ignored", string.Join(", ", table.Roles.Ignore)));
        }

        if (table.Roles.Monotone.Count > 0)
        {
            facts.Add(new("Monotone", Explain.Monotone(table)));
        }

        facts.Add(new("Split", Explain.Split(start)));
        return new ReportSection("Data", [new FactsBlock(facts), .. start.Look is { } look ? Columns(look.Profile, table) : []]);
    }

    private static IEnumerable<ReportBlock> Columns(DatasetProfile profile, TableSummary table)
    {
        var names = table.Features.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var features = profile.ByStrength().Where(c => names.Contains(c.Name)).ToList();
        yield return profile.Label is { Classes.Count: > 0 } classes ? ColumnPlot.Draw(classes)
            : ColumnPlot.Draw(profile.Columns.First(c => c.Name == table.Roles.Label), profile.Rows, label: true) ?? (ReportBlock)new ParagraphBlock("There is no figure of the label.");
        foreach (var figure in features.Select(c => ColumnPlot.Draw(c, profile.Rows)).OfType<FigureBlock>().Take(MostFigures))
        {
            yield return figure;
        }

        yield return new ParagraphBlock($"{(features.Count > MostRows ? $"The {MostRows} of {Show.Count(features.Count, "feature")} that go" : "Features that go")} together with the label the most come first. "
            + "Outliers lie more than one and a half times the box's width outside it. With the label, over all rows that have one: " + Measures(table.Task)
            + " Alone: how much of the label the column tells by itself, every row predicted by the other rows of a like value.");
        yield return new TableBlock(
            [new("feature"), new("type"), new("missing", true), new("distinct", true), new("values", Wide: true), new("outliers", true), new("with the label", true), new("alone", true)],
            [.. features.Take(MostRows).Select(c => (IReadOnlyList<string>)
            [
                ColumnText.Short(c.Name, LongestName), c.Type.ToString().ToLowerInvariant(), c.Missing == 0 ? "" : ColumnText.Share(c.Missing, profile.Rows), Show.Whole(c.Distinct), ColumnText.Values(c, profile.Rows),
                c.Box is { Outliers: > 0 } box ? ColumnText.Share(box.Outliers, profile.Rows - c.Missing) : "", ColumnText.Relation(c.Relation), c.Relation is { } relation ? Show.Percent(Math.Round(relation.Alone, 3)) : "",
            ])]);
        if (features.Count > MostRows)
        {
            yield return new ParagraphBlock($"And {Show.Whole(features.Count - MostRows)} more, which go together with the label less; tunelab describe --json has them all.");
        }
    }

    private static string Measures(LearningTask task) => task switch
    {
        LearningTask.Regression => "r is Pearson's and rho Spearman's correlation, eta the correlation ratio of a category, without what many levels bring by chance.",
        LearningTask.Binary => "AUC is that of the number as it is, r the point-biserial correlation; V is Cramer's V of a category without what many levels bring by chance, with the p-value of the chi-squared test.",
        _ => "eta is the correlation ratio of a number; V is Cramer's V of a category without what many levels bring by chance, with the p-value of the chi-squared test.",
    };

    private static ReportSection Program(ExperimentStart start, CommandPlan command)
    {
        List<KeyValuePair<string, string>> facts =
        [
            new("Folder", command.Folder),
            new("Inputs", command.Inputs.Count == 0 ? "none declared" : string.Join(", ", command.Inputs)),
            new("Runs", Explain.Split(start)),
        ];
        return new ReportSection("Program", [new CodeBlock("", command.Run), new FactsBlock(facts)]);
    }
}
