namespace TuneLab.Cli.Output;

/// <summary>A table of plain text: columns as wide as their widest cell, two blanks between them.</summary>
/// <param name="headers">A name per column; one that begins with <c>&gt;</c> is aligned to the right.</param>
internal sealed class TextTable(params IReadOnlyList<string> headers)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row of as many cells as there are columns.</summary>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>Writes header and rows.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="indent">Blanks before each line.</param>
    public void Write(TextWriter output, string indent = "")
    {
        var names = headers.Select(h => h.TrimStart('>')).ToArray();
        var widths = new int[names.Length];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = Math.Max(names[i].Length, _rows.Count == 0 ? 0 : _rows.Max(r => r[i].Length));
        }

        WriteLine(output, indent, names, widths);
        foreach (var row in _rows)
        {
            WriteLine(output, indent, row, widths);
        }
    }

    private void WriteLine(TextWriter output, string indent, IReadOnlyList<string> cells, int[] widths)
    {
        var line = indent + string.Join("  ", cells.Select((cell, i) => headers[i].StartsWith('>') ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])));
        output.WriteLine(line.TrimEnd());
    }
}
