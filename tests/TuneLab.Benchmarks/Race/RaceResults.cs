using System.Text.Json.Nodes;

namespace TuneLab.Benchmarks.Race;

/// <summary>Which peer, on which table, with which split and budget.</summary>
internal sealed record RaceKey(string Peer, string Table, int Seed, int Seconds);

/// <summary>Race.py's results, one JSON object a line, in a file that is only ever added to. The last result of a key counts.</summary>
/// <param name="file">The file; it need not be there yet.</param>
internal sealed class RaceResults(string file)
{
    private readonly Dictionary<RaceKey, JsonNode> _all = File.Exists(file) ? File.ReadLines(file).Where(l => l.StartsWith('{')).Select(l => JsonNode.Parse(l)!).GroupBy(KeyOf).ToDictionary(g => g.Key, g => g.Last()) : [];

    /// <summary>Whether there is a result that did not fail.</summary>
    public bool Has(RaceKey key) => _all.TryGetValue(key, out var result) && result["test"] is not null;

    /// <summary>Adds a line as race.py printed it; it is on disk when this returns.</summary>
    /// <returns>The result.</returns>
    public JsonNode Add(string line)
    {
        var result = JsonNode.Parse(line)!;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.AppendAllText(file, line + "\n");
        return _all[KeyOf(result)] = result;
    }

    /// <summary>The race as table.py reads it: the peers with one budget, and <c>tunelab</c> with its own as if it had been theirs.</summary>
    /// <param name="wanted">Which peer, table and seed belongs to it.</param>
    /// <param name="seconds">The peers' budget.</param>
    /// <param name="ours">The budget of <c>tunelab</c>.</param>
    public IEnumerable<string> Lines(Func<RaceKey, bool> wanted, int seconds, int ours)
        => _all.Where(r => wanted(r.Key) && r.Key.Seconds == (r.Key.Peer == RaceBenchmark.TuneLab ? ours : seconds)).Select(r =>
        {
            var result = r.Value.DeepClone();
            result["budget"] = seconds;
            return result.ToJsonString();
        });

    private static RaceKey KeyOf(JsonNode result) => new((string)result["peer"]!, (string)result["data"]!, (int)result["seed"]!, (int)(double)result["budget"]!);
}
