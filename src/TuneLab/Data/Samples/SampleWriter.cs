using System.Text.Json;
using TuneLab.Errors;
using TuneLab.Experiments.Output;

namespace TuneLab.Data.Samples;

/// <summary>Writes a sample's three files.</summary>
internal static class SampleWriter
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The paths written.</summary>
    public static IReadOnlyList<string> Write(SampleTable table, string folder)
    {
        var sample = table.Sample;
        var truth = new
        {
            sample.Name,
            Task = sample.Task.ToString().ToLowerInvariant(),
            sample.Label,
            Rows = table.RowCount,
            table.Seed,
            sample.Formula,
            Ceiling = table.Ceiling().ToDictionary(c => c.Key, c => Math.Round(c.Value, 6)),
        };
        try
        {
            Directory.CreateDirectory(folder);
            return
            [
                WriteBeside(Path.Combine(folder, sample.Name + ".csv"), writer => WriteRows(writer, sample.Columns, table.Fields)),
                WriteBeside(Path.Combine(folder, sample.Name + ".truth.csv"), writer => WriteRows(writer, table.TruthColumns, table.Truths)),
                WriteBeside(Path.Combine(folder, sample.Name + ".truth.json"), writer => writer.Write(JsonSerializer.Serialize(truth, Json) + "\n")),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The folder {folder} can't be written: {e.Message}", "Name another one.", e);
        }
    }

    private static void WriteRows(TextWriter writer, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        foreach (var row in rows.Prepend(header))
        {
            writer.Write(string.Join(',', row)); // no field of a sample holds a comma, a quote or a line break
            writer.Write('\n');
        }
    }

    private static string WriteBeside(string path, Action<TextWriter> write)
    {
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            write(writer);
        });
        return path;
    }
}
