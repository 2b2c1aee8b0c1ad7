namespace TuneLab.Reporting.Terminal;

/// <summary>Running text, broken between words.</summary>
public static class Paragraph
{
    private const int Columns = 80;

    /// <summary>Writes it in lines of at most 80 columns, the least a terminal has.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="text">The text.</param>
    /// <param name="indent">Blanks before each line.</param>
    public static void Write(TextWriter output, string text, string indent = "")
    {
        var line = indent;
        foreach (var word in text.Split(' '))
        {
            if (line.Length > indent.Length && line.Length + 1 + word.Length > Columns)
            {
                output.WriteLine(line);
                line = indent;
            }

            line += line.Length > indent.Length ? " " + word : word;
        }

        output.WriteLine(line);
    }
}
