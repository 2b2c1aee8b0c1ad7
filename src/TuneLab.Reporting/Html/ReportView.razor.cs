using Microsoft.AspNetCore.Components;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Html;

/// <summary>A whole report, without the page around it.</summary>
public sealed partial class ReportView
{
    /// <summary>What it shows.</summary>
    [Parameter]
    [EditorRequired]
    public required RunReport Report { get; set; }

    private string Outcome => Explain.Outcome(Report.Outcome) is var word ? char.ToUpperInvariant(word[0]) + word[1..] : "";
}
