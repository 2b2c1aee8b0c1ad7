using Microsoft.ML.Data;

namespace TuneLab.MLNet.Tests.Engine.Export;

/// <summary>A row of <see cref="RawTable"/> as a user of ML.NET would write it.</summary>
internal sealed class RawRow
{
    [ColumnName("age")]
    public float Age { get; set; }

    [ColumnName("town")]
    public string? Town { get; set; }

    [ColumnName("Features")]
    public float Income { get; set; }

    [ColumnName("married")]
    public string? Married { get; set; }

    [ColumnName("remark")]
    public string? Remark { get; set; }

    [ColumnName("customer since")]
    public DateTime Since { get; set; }
}
