using System.Text;
using System.Text.Json;
using TuneLab.Training.Packaging;

namespace TuneLab.Cli.Output;

/// <summary>Predictions as a table: a column for each number, and <c>prediction</c> where a class is predicted.</summary>
/// <param name="predictions">What to write.</param>
internal sealed class PredictionTable(TablePredictions predictions)
{
    private const int PieceLength = 1 << 15;
    private readonly int _outputs = predictions.Columns.Count;
    private readonly double[] _values = predictions.Values;

    /// <summary>The number of rows.</summary>
    public int Count => _values.Length / _outputs;

    /// <summary>The headers.</summary>
    public IReadOnlyList<string> Columns { get; } = predictions.PredictionOf is null ? predictions.Columns : [.. predictions.Columns, "prediction"];

    /// <summary>Header and rows, comma-separated, numbers with round trip.</summary>
    /// <param name="output">Written to in large pieces: standard output hands on each one at once.</param>
    public void WriteCsv(TextWriter output)
    {
        var piece = new StringBuilder(string.Join(',', Columns.Select(Quote))).Append('\n');
        for (var row = 0; row < Count; row++)
        {
            for (var i = 0; i < _outputs; i++)
            {
                piece.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{_values[row * _outputs + i]:R}");
            }

            if (Label(row) is { } label)
            {
                piece.Append(',').Append(Quote(label));
            }

            piece.Append('\n');
            if (piece.Length > PieceLength)
            {
                output.Write(piece);
                piece.Clear();
            }
        }

        output.Write(piece);
    }

    /// <summary>An object with the columns and an array of rows.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteTexts("columns", Columns);
        json.WriteStartArray("rows");
        for (var row = 0; row < Count; row++)
        {
            json.WriteStartArray();
            for (var i = 0; i < _outputs; i++)
            {
                json.WriteNumberValue(_values[row * _outputs + i]);
            }

            if (Label(row) is { } label)
            {
                json.WriteStringValue(label);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private string? Label(int row) => predictions.PredictionOf?.Invoke(row);

    private static string Quote(string text)
        => text.AsSpan().ContainsAny(",\"\r\n") ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
}
