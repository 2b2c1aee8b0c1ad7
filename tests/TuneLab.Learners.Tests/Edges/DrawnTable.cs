using FsCheck;
using FsCheck.Fluent;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>A small table and hyperparameters of a boosting, drawn from a seed; as text it says how to get it again.</summary>
internal sealed record DrawnTable(int Seed, LearningTask Task, int Rows, int Numbers, int Categories, bool Weighted, int Leaves, int MaxDepth, int MinChildSamples, double MinChildWeight, double L2)
{
    /// <summary>Any of them.</summary>
    public static Gen<DrawnTable> Any { get; } =
        from seed in Gen.Choose(1, 1_000_000)
        from task in Gen.Elements(Enum.GetValues<LearningTask>())
        from rows in Gen.Choose(2, 150)
        from numbers in Gen.Choose(0, 4)
        from categories in Gen.Choose(numbers == 0 ? 1 : 0, 2)
        from weighted in Gen.Elements(true, false)
        from leaves in Gen.Choose(2, 20)
        from depth in Gen.Choose(0, 5)
        from samples in Gen.Choose(1, 15)
        from weight in Gen.Elements(0, 0.5, 4)
        from l2 in Gen.Elements(0, 1.5)
        select new DrawnTable(seed, task, rows, numbers, categories, weighted, leaves, depth, samples, weight, l2);

    /// <summary>The table: whole numbers from 0 to 60, a few missing, and categories; labels with signal and noise.</summary>
    public PreparedFold Fold()
    {
        var random = new SeededRandom((ulong)Seed);
        FeatureColumn[] columns =
        [
            .. Enumerable.Range(0, Numbers).Select(f => SampleFold.Numbers("x" + f, Draw(() => random.NextInt(8) == 0 ? float.NaN : random.NextInt(61)))),
            .. Enumerable.Range(0, Categories).Select(f => new CategoricalFeature("c" + f, "c" + f, Draw(() => random.NextInt(16) - 1), 15)),
        ];
        double[] target = Enumerable.Range(0, Rows).Select(row =>
        {
            var score = columns.Sum(c => c is NumericFeature n ? float.IsNaN(n.Values[row]) ? 0.3 : Math.Sin(n.Values[row] / 9) : Math.Cos(7 * ((CategoricalFeature)c).Codes[row])) + 0.4 * random.NextNormal();
            return Task switch { LearningTask.Binary => score > 0 ? 1 : 0, LearningTask.Multiclass => score < -0.4 ? 0 : score < 0.4 ? 1 : 2, _ => score };
        }).ToArray();
        return SampleFold.Make(Task, columns, target, Weighted ? Draw(() => 0.2 + 2 * random.NextDouble()) : null);
    }

    /// <summary>Three rounds with these hyperparameters and no sampling.</summary>
    public Configuration Configuration(ITrainer boosting) => Fits.Free(
        boosting,
        ("rounds", 3),
        ("learning_rate", 0.5),
        ("leaves", Leaves),
        ("max_depth", MaxDepth),
        ("min_child_samples", MinChildSamples),
        ("min_child_weight", MinChildWeight),
        ("l2", L2),
        ("cat_smooth", 2));

    private T[] Draw<T>(Func<T> value) => [.. Enumerable.Range(0, Rows).Select(_ => value())];
}
