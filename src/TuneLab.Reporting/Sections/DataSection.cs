using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What the experiment looked at.</summary>
internal static class DataSection
{
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
        return new ReportSection("Data", [new FactsBlock(facts)]);
    }

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
