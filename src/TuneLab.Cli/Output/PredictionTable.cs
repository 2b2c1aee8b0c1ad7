using System.Text;
using System.Text.Json;
using TuneLab.Data;
using TuneLab.Training.Packaging;

namespace TuneLab.Cli.Output;

/// <summary>Predictions as a table: <c>score</c>; or <c>probability</c> and <c>prediction</c>; or a column per class and <c>prediction</c>.</summary>
/// <param name="model">The model.</param>
/// <param name="values">[rows x outputs], row-major.</param>
internal sealed class PredictionTable(PredictionModel model, double[] values)
{
    private const int PieceLength = 1 << 15;
    private readonly int _outputs = model.Outputs;

    /// <summary>The number of rows.</summary>
    public int Count => values.Length / _outputs;

    /// <summary>The headers.</summary>
    public IReadOnlyList<string> Columns { get; } = model.Card.Task switch
    {
        LearningTask.Regression => ["score"],
        LearningTask.Binary => ["probability", "prediction"],
        _ => [.. model.Card.Classes, "prediction"],
    };

    /// <summary>Header and rows, comma-separated, numbers with round trip.</summary>
    /// <param name="output">Written to in large pieces: standard output hands on each one at once.</param>
    public void WriteCsv(TextWriter output)
    {
        var piece = new StringBuilder(string.Join(',', Columns.Select(Quote))).Append('\n');
        for (var row = 0; row < Count; row++)
        {
            for (var i = 0; i < _outputs; i++)
            {
                piece.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{values[row * _outputs + i]:R}");
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
                json.WriteNumberValue(values[row * _outputs + i]);
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

    private string? Label(int row) => model.LabelOf(values.AsSpan(row * _outputs, _outputs));

    private static string Quote(string text)
        => text.AsSpan().ContainsAny(",\"\r\n") ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
}
