namespace TuneLab.Reporting.Terminal;

/// <summary>Lays cells out in columns of plain text.</summary>
internal static class TextTable
{
    /// <summary>Writes rows, each cell padded to its column's width and two spaces between.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="rows">[rows][columns]; a row may be shorter than others.</param>
    /// <param name="indent">Spaces before each row.</param>
    public static void Write(TextWriter writer, IReadOnlyList<IReadOnlyList<string>> rows, int indent)
    {
        var widths = new int[rows.Max(r => r.Count)];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Count; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        foreach (var row in rows)
        {
            var line = new string(' ', indent) + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])));
            writer.WriteLine(line.TrimEnd());
        }
    }
}
