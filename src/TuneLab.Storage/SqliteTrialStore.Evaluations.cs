using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using TuneLab.Storage.Sqlite;

namespace TuneLab.Storage;

/// <content>Evaluations: the cache.</content>
public sealed partial class SqliteTrialStore
{
    // Large enough to make the cost of a statement small; parameters are bound by name, which costs the square of their number.
    private const int KeysAtOnce = 64;

    // Few lists of metrics exist, one per task: each is parsed once and shared.
    private readonly ConcurrentDictionary<string, string[]> _metrics = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Evaluation? FindEvaluation(string key) => Read(session =>
    {
        using var row = session.Read("find-evaluation", ("@key", key));
        return row.Read() ? ReadEvaluation(row) : null;
    });

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Evaluation> FindEvaluations(IReadOnlyCollection<string> keys) => Read(session =>
    {
        var found = new Dictionary<string, Evaluation>(keys.Count, StringComparer.Ordinal);
        foreach (var chunk in keys.Chunk(KeysAtOnce))
        {
            var texts = chunk;
            if (keys.Count > KeysAtOnce && chunk.Length < KeysAtOnce)
            {
                Array.Resize(ref texts, KeysAtOnce); // the rest repeats a key, which finds nothing more: one statement serves all chunks
                Array.Fill(texts, chunk[0], chunk.Length, KeysAtOnce - chunk.Length);
            }

            using var row = session.ReadList("find-evaluations", "@keys", texts);
            while (row.Read())
            {
                var evaluation = ReadEvaluation(row);
                found[evaluation.Key] = evaluation;
            }
        }

        return found;
    });

    /// <inheritdoc/>
    public void AddEvaluation(Evaluation evaluation) => Write(session => session.Write(
        "add-evaluation",
        ("@key", evaluation.Key),
        ("@trainer", evaluation.Trainer),
        ("@configuration", evaluation.Configuration),
        ("@rounds", Packing.Pack(evaluation.Rounds)),
        ("@losses", Packing.Pack(evaluation.Losses)),
        ("@metrics", JsonText.Of(evaluation.Metrics)),
        ("@scores", Packing.Pack(evaluation.Scores)),
        ("@fit_seconds", evaluation.FitSeconds),
        ("@score_seconds", evaluation.ScoreSeconds),
        ("@peak_memory_bytes", evaluation.PeakMemoryBytes),
        ("@stopped", evaluation.Stopped),
        ("@train_rows", evaluation.TrainRows),
        ("@valid_rows", evaluation.ValidRows),
        ("@added", RowReading.Instant(_time.GetUtcNow()))));

    private Evaluation ReadEvaluation(SqliteDataReader row) => new()
    {
        Key = row.GetString(0),
        Trainer = row.GetString(1),
        Configuration = row.GetString(2),
        Rounds = row.Counts(3),
        Losses = row.Doubles(4),
        Metrics = _metrics.GetOrAdd(row.GetString(5), JsonText.Texts),
        Scores = row.Doubles(6),
        FitSeconds = row.Number(7),
        ScoreSeconds = row.Number(8),
        PeakMemoryBytes = row.GetInt64(9),
        Stopped = row.GetString(10),
        TrainRows = row.GetInt32(11),
        ValidRows = row.GetInt32(12),
    };
}
