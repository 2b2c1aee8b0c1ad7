using Microsoft.AspNetCore.Components;

namespace TuneLab.Reporting.Html;

/// <summary>A block that is no figure.</summary>
public sealed partial class BlockView
{
    /// <summary>What it shows.</summary>
    [Parameter]
    [EditorRequired]
    public required ReportBlock Block { get; set; }

    // null: no attribute
    private static string? Class(TableColumn column) => column.Numeric ? "n" : column.Wide ? "w" : null;
}
