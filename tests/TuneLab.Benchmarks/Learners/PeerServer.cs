using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Data.Encoding;

namespace TuneLab.Benchmarks.Learners;

/// <summary>
/// The process of peers.py: a request and an answer are a line of JSON each; tables and rows go as raw arrays in files. It stays alive, so that both sides are warm, and sleeps
/// on its input while the other side is measured. Used by one thread.
/// </summary>
internal sealed class PeerServer : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tunelab-learners");
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    /// <param name="python">The interpreter.</param>
    public PeerServer(string python)
    {
        _process = Process.Start(new ProcessStartInfo(python, ["-u", Path.Combine(AppContext.BaseDirectory, "Learners", "peers.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Versions = Ask(new JsonObject { ["do"] = "hello" })["versions"]!.GetValue<string>();
    }

    /// <summary>The libraries and their versions, for the head of a report.</summary>
    public string Versions { get; }

    /// <summary>Sends a request about a part of a table, after the numbers of the table and its row indexes where they are not there yet.</summary>
    /// <returns>The answer.</returns>
    /// <exception cref="InvalidOperationException">The peer failed; the message is its own.</exception>
    public JsonNode Ask(TablePart part, JsonObject request)
    {
        Send(part.Table);
        request["table"] = part.Table.Name;
        request["train"] = Send(part, "train", part.Train);
        request["valid"] = Send(part, "valid", part.Valid);
        return Ask(request);
    }

    /// <summary>A file's name that a request may ask an answer's numbers to be written to.</summary>
    public string FileOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Ends the process and deletes the files.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private JsonNode Ask(JsonObject request)
    {
        _process.StandardInput.WriteLine(request.ToJsonString());
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"peers.py ended while it was asked {request.ToJsonString()}.");
        var answer = JsonNode.Parse(line)!;
        return answer["error"] is { } error ? throw new InvalidOperationException($"peers.py: {error}") : answer;
    }

    private void Send(BenchTable table)
    {
        if (!_sent.Add(table.Name))
        {
            return;
        }

        var features = table.Columns.Count;
        var numbers = new float[table.Rows * features];
        for (var f = 0; f < features; f++)
        {
            var values = ((NumericFeature)table.Columns[f]).Values;
            for (var row = 0; row < table.Rows; row++)
            {
                numbers[row * features + f] = values[row];
            }
        }

        Write(table.Name + ".features", numbers);
        Write(table.Name + ".target", table.Target);
        Ask(new JsonObject
        {
            ["do"] = "load", ["table"] = table.Name, ["features"] = FileOf(table.Name + ".features"), ["target"] = FileOf(table.Name + ".target"),
            ["rows"] = table.Rows, ["task"] = JsonNamingPolicy.CamelCase.ConvertName(table.Task.ToString()), ["classes"] = table.Source.Classes.Count,
        });
    }

    private string Send(TablePart part, string name, int[] rows)
    {
        var file = $"{part.Table.Name}.{part.Number}.{name}";
        if (_sent.Add(file))
        {
            Write(file, rows);
        }

        return FileOf(file);
    }

    private void Write<T>(string name, T[] numbers)
        where T : unmanaged
    {
        using var file = File.Create(FileOf(name));
        file.Write(MemoryMarshal.AsBytes<T>(numbers));
    }
}
