using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Learners;

/// <summary>A real table as every side sees it.</summary>
/// <param name="Name">Its name in index.json, and after a colon how it was made when not in the usual way.</param>
/// <param name="Source">The table with its label.</param>
/// <param name="Columns">The features of all rows.</param>
internal sealed record BenchTable(string Name, TaskTable Source, IReadOnlyList<FeatureColumn> Columns)
{
    /// <summary>What is learned.</summary>
    public LearningTask Task => Source.Task;

    /// <summary>The number of rows.</summary>
    public int Rows => Source.RowCount;

    /// <summary>[rows]: class index or number.</summary>
    public double[] Target => Source.Target;

    /// <summary>A fold of these rows alone, all of them for training; nothing is shared with another one.</summary>
    /// <param name="rows">Row indexes, ascending.</param>
    public PreparedFold FoldOf(int[] rows)
        => new(Task, Source.Outputs, FeaturesOf(rows), Array.ConvertAll(rows, r => Target[r]), null, [.. Enumerable.Range(0, rows.Length)]);

    /// <summary>A fold of all rows, as in a search.</summary>
    /// <param name="train">The rows to train on, ascending.</param>
    public PreparedFold FoldFor(int[] train) => new(Task, Source.Outputs, new FeatureTable(Columns, Rows), Target, null, train);

    /// <summary>The features of some rows.</summary>
    public FeatureTable FeaturesOf(int[] rows) => new(
        [.. Columns.Select(c => c switch
        {
            NumericFeature n => n with { Values = Array.ConvertAll(rows, r => n.Values[r]) },
            CategoricalFeature n => (FeatureColumn)(n with { Codes = Array.ConvertAll(rows, r => n.Codes[r]) }),
            _ => throw new NotSupportedException($"Feature '{c.Name}' is neither numeric nor categorical."),
        })],
        rows.Length);
}
