using System.Text.Json;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Scores of parts, kept in a file of JSON lines so that a run that was cut short goes on where it was. To measure a side again, delete its lines.</summary>
internal sealed class ScoreLog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Dictionary<(string Comparison, string Side, string Table, int Part), Line> _lines = [];
    private readonly string _file;

    /// <param name="file">Its path; made when it is not there.</param>
    public ScoreLog(string file)
    {
        _file = file;
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            Keep(JsonSerializer.Deserialize<Line>(line, Json)!);
        }
    }

    /// <summary>The scores of a part by stage and metric (<c>100 auc</c>), or null when it has none yet.</summary>
    public IReadOnlyDictionary<string, double>? Find(string comparison, string side, string table, int part)
        => _lines.TryGetValue((comparison, side, table, part), out var line) ? line.Scores : null;

    /// <summary>Adds the scores of a part.</summary>
    public void Add(string comparison, string side, string table, int part, Dictionary<string, double> scores)
    {
        var line = new Line(comparison, side, table, part, scores);
        File.AppendAllText(_file, JsonSerializer.Serialize(line, Json) + "\n");
        Keep(line);
    }

    private void Keep(Line line) => _lines[(line.Comparison, line.Side, line.Table, line.Part)] = line;

    private sealed record Line(string Comparison, string Side, string Table, int Part, Dictionary<string, double> Scores);
}
