using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Testing.Training;

/// <summary>Folds made by hand or drawn from a seed, for trainer tests.</summary>
public static class SampleFold
{
    /// <summary>
    /// A table with signal in two numbers and a category, a column of noise and one of missing values; the label follows the task
    /// (three classes for multiclass). The first four fifths of the rows are for training.
    /// </summary>
    public static PreparedFold Of(LearningTask task, int rows = 400, ulong seed = 1, Func<int, double>? weight = null)
    {
        var random = new SeededRandom(seed);
        var (a, b, noise, often, target) = (new float[rows], new float[rows], new float[rows], new float[rows], new double[rows]);
        var codes = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            a[i] = (float)random.NextNormal();
            b[i] = random.NextInt(10) == 0 ? float.NaN : (float)random.NextDouble();
            noise[i] = (float)random.NextNormal();
            often[i] = random.NextInt(2) == 0 ? float.NaN : random.NextInt(3);
            codes[i] = random.NextInt(8) - 1;
            var score = 1.5 * a[i] + (float.IsNaN(b[i]) ? 1 : 3 * b[i] - 1.5) + (codes[i] is 1 or 4 ? 1.5 : -0.5) + 0.5 * random.NextNormal();
            target[i] = task switch
            {
                LearningTask.Binary => score > 0 ? 1 : 0,
                LearningTask.Multiclass => score < -0.8 ? 0 : score < 0.8 ? 1 : 2,
                _ => 10 + score,
            };
        }

        FeatureColumn[] columns =
        [
            new NumericFeature("a", "a", a), new NumericFeature("b", "b", b), new CategoricalFeature("c", "c", codes, 7),
            new NumericFeature("noise", "noise", noise), new NumericFeature("often_missing", "often_missing", often),
        ];
        var weights = weight is null ? null : Enumerable.Range(0, rows).Select(weight).ToArray();
        return Make(task, columns, target, weights, Enumerable.Range(0, rows * 4 / 5).ToArray());
    }

    /// <summary>A fold of these columns.</summary>
    /// <param name="task">What is learned; for multiclass the classes are counted from the target.</param>
    /// <param name="columns">The features.</param>
    /// <param name="target">[rows].</param>
    /// <param name="weights">[rows] or null.</param>
    /// <param name="train">The training rows; null: all.</param>
    /// <param name="monotone">Directions by column, or null.</param>
    public static PreparedFold Make(LearningTask task, IReadOnlyList<FeatureColumn> columns, double[] target, double[]? weights = null, int[]? train = null, IReadOnlyDictionary<string, MonotoneDirection>? monotone = null)
        => new(task, task == LearningTask.Multiclass ? Math.Max(3, (int)target.Max() + 1) : 1, new FeatureTable(columns, target.Length), target, weights, train ?? [.. Enumerable.Range(0, target.Length)])
        {
            Monotone = monotone ?? new Dictionary<string, MonotoneDirection>(),
        };

    /// <summary>A numeric column.</summary>
    public static NumericFeature Numbers(string name, params float[] values) => new(name, name, values);

    /// <summary>A categorical column whose cardinality is the largest code plus one.</summary>
    public static CategoricalFeature Categories(string name, params int[] codes) => new(name, name, codes, codes.Max() + 1);

    /// <summary>Some rows of a table, as a table of its own.</summary>
    public static FeatureTable Select(FeatureTable table, int[] rows) => new(
        [.. table.Columns.Select(c => c switch
        {
            NumericFeature n => n with { Values = Array.ConvertAll(rows, r => n.Values[r]) },
            CategoricalFeature n => (FeatureColumn)(n with { Codes = Array.ConvertAll(rows, r => n.Codes[r]) }),
            _ => throw new NotSupportedException(),
        })],
        rows.Length);
}
