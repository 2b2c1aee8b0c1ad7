using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Learners;

/// <summary>A real table as every side sees it: numbers in single precision, names as ordinal codes, missing values as NaN.</summary>
/// <param name="Name">Its name in index.json.</param>
/// <param name="Source">The table with its label.</param>
/// <param name="Columns">[features][rows].</param>
internal sealed record BenchTable(string Name, TaskTable Source, float[][] Columns)
{
    /// <summary>What is learned.</summary>
    public LearningTask Task => Source.Task;

    /// <summary>The number of rows.</summary>
    public int Rows => Source.RowCount;

    /// <summary>The number of features.</summary>
    public int Features => Columns.Length;

    /// <summary>[rows]: class index or number.</summary>
    public double[] Target => Source.Target;

    /// <summary>A fold of these rows alone, all of them for training; nothing is shared with another one.</summary>
    /// <param name="rows">Row indexes, ascending.</param>
    public PreparedFold FoldOf(int[] rows)
        => new(Task, Source.Outputs, FeaturesOf(rows), Array.ConvertAll(rows, r => Target[r]), null, [.. Enumerable.Range(0, rows.Length)]);

    /// <summary>The features of some rows.</summary>
    public FeatureTable FeaturesOf(int[] rows)
        => new([.. Columns.Select((c, i) => new NumericFeature(Name + i, Name + i, Array.ConvertAll(rows, r => c[r])))], rows.Length);
}
