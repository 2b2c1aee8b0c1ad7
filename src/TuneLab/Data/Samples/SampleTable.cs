using TuneLab.Metrics;

namespace TuneLab.Data.Samples;

/// <summary>The rows of a sample beside their truth.</summary>
public sealed class SampleTable
{
    private readonly List<SampleRow> _rows;

    internal SampleTable(Sample sample, int rows, long seed) => (Sample, Seed, _rows) = (sample, seed, new List<SampleRow>(rows));

    /// <summary>What it is a sample of.</summary>
    public Sample Sample { get; }

    /// <summary>The seed it was drawn from.</summary>
    public long Seed { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => _rows.Count;

    /// <summary>The names of the truth's columns: <c>probability</c>, the classes, or <c>expectation</c>.</summary>
    public IReadOnlyList<string> TruthColumns => Sample.Task switch
    {
        LearningTask.Binary => ["probability"],
        LearningTask.Multiclass => Sample.Classes,
        _ => ["expectation"],
    };

    /// <summary>The scores of the true function on these rows, by metric: what a model can reach, but for luck.</summary>
    public IReadOnlyDictionary<string, double> Ceiling()
    {
        var truth = new Predictions(Sample.Task, [.. _rows.Select(r => r.Target)], [.. _rows.SelectMany(r => r.Truth)], TruthColumns.Count);
        return MetricCatalog.ForTask(Sample.Task).ToDictionary(m => m.Id, m => m.Score(truth));
    }

    /// <summary>The fields of each row, in the order of <see cref="Sample.Columns"/>.</summary>
    internal IEnumerable<IReadOnlyList<string>> Fields => _rows.Select(r => r.Fields);

    /// <summary>The truth of each row as text.</summary>
    internal IEnumerable<IReadOnlyList<string>> Truths => _rows.Select(r => Array.ConvertAll(r.Truth, SampleText.Number));

    internal void Add(SampleRow row) => _rows.Add(row with { Truth = Array.ConvertAll(row.Truth, v => double.Parse(SampleText.Number(v), CultureInfo.InvariantCulture)) });
}
