using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>Each stage pass, why it ended and what it decided.</summary>
internal static class StagesSection
{
    public static ReportSection From(RunRecord record)
    {
        var stages = record.Result.Stages;
        if (stages.Count == 0)
        {
            return new ReportSection("Stages", [new ParagraphBlock("No stage had ended when the run was stopped.")]);
        }

        List<ReportBlock> blocks =
        [
            new TableBlock(
                [new("pass", true), new("stage"), new("trials", true), new("time", true), new("ended by"), new("because", Wide: true)],
                [.. stages.Select(s => (IReadOnlyList<string>)[Show.Whole(s.Pass), s.Stage, Show.Whole(s.Trials), Show.Seconds(s.Seconds), s.Exit, s.Reason])]),
        ];
        var notes = stages.SelectMany(s => s.Notes.Select(n => $"{s.Stage} (pass {Show.Whole(s.Pass)}): {n}")).ToList();
        if (notes.Count > 0)
        {
            blocks.Add(new ListBlock(notes));
        }

        return new ReportSection("Stages", blocks);
    }
}
