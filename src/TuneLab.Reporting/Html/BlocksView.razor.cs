using Microsoft.AspNetCore.Components;

namespace TuneLab.Reporting.Html;

/// <summary>What stands below a heading: figures that follow each other stand side by side where there is room.</summary>
public sealed partial class BlocksView
{
    /// <summary>In order.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<ReportBlock> Blocks { get; set; }

    // runs of figures of one size, everything else by itself
    private List<List<ReportBlock>> Groups
    {
        get
        {
            var groups = new List<List<ReportBlock>>();
            foreach (var block in Blocks)
            {
                if (block is FigureBlock figure && groups.Count > 0 && groups[^1][0] is FigureBlock before && before.Small == figure.Small)
                {
                    groups[^1].Add(block);
                }
                else
                {
                    groups.Add([block]);
                }
            }

            return groups;
        }
    }
}
