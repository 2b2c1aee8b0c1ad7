using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What the experiment looked at.</summary>
internal static class DataSection
{
    public static ReportSection From(RunRecord record)
    {
        var (start, table) = (record.Start, record.Start.Table);
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
}
