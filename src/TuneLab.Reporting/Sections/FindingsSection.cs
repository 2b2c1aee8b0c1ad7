using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What was said of the data before the first trial.</summary>
internal static class FindingsSection
{
    /// <summary>The chapter; null where nothing was looked for: a program, or a result stored before there were findings.</summary>
    public static ReportSection? From(RunRecord record) => record.Result.Findings is not { } findings ? null : new ReportSection("Findings",
    [
        findings.Count == 0
            ? new ParagraphBlock("Nothing: no column that gives the label away, names rows or never varies, no copies of rows across the split, no order of time or groups that it ignores, no tiny class.")
            : new ParagraphBlock($"Before the first trial the data were looked over: {Explain.Counts(findings)}."),
        .. findings.Count == 0 ? (ReportBlock[])[] : [new ListBlock([.. findings.Select(f => $"{Explain.Severity(f.Severity)} {f.Id}: {f.Sentence} {f.Advice}")])],
    ]);
}
