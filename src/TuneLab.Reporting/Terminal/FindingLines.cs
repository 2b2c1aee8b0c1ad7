using TuneLab.Analysis.Findings;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Terminal;

/// <summary>Findings as plain lines.</summary>
public static class FindingLines
{
    /// <summary>Writes how many there are, and each with what to do; nothing when there are none.</summary>
    /// <param name="findings">Errors first.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(IReadOnlyList<Finding> findings, TextWriter writer)
    {
        if (findings.Count == 0)
        {
            return;
        }

        writer.WriteLine("findings about the data: " + Explain.Counts(findings));
        foreach (var finding in findings)
        {
            Paragraph.Write(writer, $"{Explain.Severity(finding.Severity)} {finding.Id}: {finding.Sentence}", "  ");
            Paragraph.Write(writer, "-> " + finding.Advice, "    ");
        }
    }
}
