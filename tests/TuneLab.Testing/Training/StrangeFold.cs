using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Testing.Training;

/// <summary>What a trainer owes to a strange table, beside predictions that are finite and, for classes, shares that sum to 1.</summary>
public enum StrangeAnswer
{
    /// <summary>Nothing more.</summary>
    Finite,

    /// <summary>What it predicts from a table without columns, to the last bit.</summary>
    ThatOfNoColumns,

    /// <summary>The only label there is: for classes the likeliest, for numbers the number.</summary>
    TheOnlyLabel,

    /// <summary>Nothing more; and the class that no training row has is less likely than each class that some row has.</summary>
    MissingClassLast,

    /// <summary>Better than the constant on the training rows.</summary>
    BetterThanConstant,
}

/// <summary>Tables at the edge of what a trainer may be given, by name, each with the answer that is expected.</summary>
public static class StrangeFold
{
    private const int Rows = 60;

    private static readonly SortedDictionary<string, (StrangeAnswer Answer, Func<LearningTask, PreparedFold> Make)> All = new(StringComparer.Ordinal)
    {
        ["constant columns"] = (StrangeAnswer.ThatOfNoColumns, t => Table(t, [Same("x", 3), Same("y", float.MaxValue), Codes("c", _ => 1)])),
        ["columns without values"] = (StrangeAnswer.ThatOfNoColumns, t => Table(t, [Same("x", float.NaN), new CategoricalFeature("c", "c", new int[Rows].Select(_ => -1).ToArray(), 0)])),
        ["infinite values"] = (StrangeAnswer.BetterThanConstant, t => Table(t, [Signal(), Numbers("x", i => (i % 4) switch { 0 => float.PositiveInfinity, 1 => float.NegativeInfinity, _ => i })])),
        ["only infinite values"] = (StrangeAnswer.Finite, t => Table(t, [Numbers("x", i => i % 2 == 0 ? float.PositiveInfinity : float.NegativeInfinity)])),
        ["missing, infinite and plain values"] = (StrangeAnswer.Finite, t => Table(t, [Numbers("x", i => (i % 4) switch { 0 => float.NaN, 1 => float.NegativeInfinity, 2 => float.PositiveInfinity, _ => i })])),
        ["every other value missing"] = (StrangeAnswer.Finite, t => Table(t, [Numbers("x", i => i % 2 == 0 ? float.NaN : i), Numbers("y", i => i % 2 == 1 ? float.NaN : i)])),
        ["a value or none"] = (StrangeAnswer.Finite, t => Table(t, [Numbers("x", i => i < 30 ? float.NaN : 5), Codes("c", i => i < 30 ? -1 : 0)])),
        ["one row"] = (StrangeAnswer.TheOnlyLabel, t => SampleFold.Make(t, [SampleFold.Numbers("x", 2), SampleFold.Categories("c", 1)], [1])),
        ["two rows"] = (StrangeAnswer.Finite, t => SampleFold.Make(t, [SampleFold.Numbers("x", 2, 3), SampleFold.Categories("c", 1, 0)], [0, 1])),
        ["one label"] = (StrangeAnswer.TheOnlyLabel, t => Table(t, [Signal()], _ => 1)),
        ["one label, the first"] = (StrangeAnswer.TheOnlyLabel, t => Table(t, [Signal()], _ => 0)),
        ["one column"] = (StrangeAnswer.BetterThanConstant, t => Table(t, [Signal()])),
        ["a class without rows"] = (StrangeAnswer.MissingClassLast, t => Table(t, [Signal()], i => i < 30 ? 0 : 1)),
        ["a class of one row"] = (StrangeAnswer.Finite, t => Table(t, [Signal()], i => i == 7 ? 1 : 0)),
        ["largest and smallest floats"] = (StrangeAnswer.Finite, t => Table(t, [Numbers("x", i => (i % 5) switch { 0 => float.MaxValue, 1 => -float.MaxValue, 2 => float.Epsilon, 3 => -float.Epsilon, _ => 0 })])),
        ["denormal values"] = (StrangeAnswer.BetterThanConstant, t => Table(t, [Numbers("x", i => i * float.Epsilon)])),
        ["neighbouring floats"] = (StrangeAnswer.Finite, t => Table(t, [Numbers("x", i => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(1e6f) + i))])),
        ["weights of 1e-9"] = (StrangeAnswer.Finite, t => Table(t, [Signal()], null, _ => 1e-9)),
        ["weights of 1e9"] = (StrangeAnswer.BetterThanConstant, t => Table(t, [Signal()], null, _ => 1e9)),
        ["weights of 1e-9, 0 and 1e9"] = (StrangeAnswer.Finite, t => Table(t, [Signal()], null, i => (i % 3) switch { 0 => 1e-9, 1 => 0, _ => 1e9 })),
        ["weight on one row only"] = (StrangeAnswer.Finite, t => Table(t, [Signal()], null, i => i == 50 ? 1 : 0)),
        ["rows that are all the same"] = (StrangeAnswer.ThatOfNoColumns, t => Table(t, [Same("x", 1), Codes("c", _ => 0)])),
        ["each row four times"] = (StrangeAnswer.BetterThanConstant, t => Table(t, [Numbers("x", i => i / 4)], i => i / 4 < 8 ? 0 : 1)),
        ["a category per row"] = (StrangeAnswer.Finite, t => Table(t, [Codes("id", i => i)])),
        ["a thousand categories"] = (StrangeAnswer.Finite, ThousandCategories),
        ["categories unknown to the training rows"] = (StrangeAnswer.Finite, t => Table(t, [new CategoricalFeature("c", "c", Enumerable.Range(0, Rows).Select(i => i < 40 ? i % 3 : 3 + i % 5).ToArray(), 20)], null, null, [.. Enumerable.Range(0, 40)])),
    };

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>The table of that name for a task.</summary>
    public static PreparedFold Of(string name, LearningTask task) => All[name].Make(task);

    /// <summary>What is expected.</summary>
    public static StrangeAnswer Answer(string name) => All[name].Answer;

    /// <summary>The fold with another table.</summary>
    public static PreparedFold With(this PreparedFold fold, params FeatureColumn[] columns)
        => new(fold.Task, fold.Outputs, new FeatureTable(columns, fold.Table.RowCount), fold.Target, fold.Weights, fold.Train);

    private static PreparedFold Table(LearningTask task, FeatureColumn[] columns, Func<int, double>? target = null, Func<int, double>? weight = null, int[]? train = null)
        => SampleFold.Make(task, columns, [.. Enumerable.Range(0, Rows).Select(target ?? (i => Label(task, i)))], weight is null ? null : [.. Enumerable.Range(0, Rows).Select(weight)], train);

    /// <summary>Rises with the row's number.</summary>
    private static double Label(LearningTask task, int row) => task switch
    {
        LearningTask.Binary => row < 35 ? 0 : 1,
        LearningTask.Multiclass => row / 20,
        _ => 0.1 * row - 2,
    };

    private static NumericFeature Signal() => Numbers("signal", i => i * 0.5f);

    private static NumericFeature Numbers(string name, Func<int, float> value) => new(name, name, [.. Enumerable.Range(0, Rows).Select(value)]);

    private static NumericFeature Same(string name, float value) => Numbers(name, _ => value);

    private static CategoricalFeature Codes(string name, Func<int, int> code) => SampleFold.Categories(name, [.. Enumerable.Range(0, Rows).Select(code)]);

    /// <summary>1,000 codes, 300 of them on one row only; the last 100 rows, with codes of their own among others, are not for training.</summary>
    private static PreparedFold ThousandCategories(LearningTask task)
    {
        var random = new SeededRandom(9);
        int[] codes = [.. Enumerable.Range(0, 1500).Select(i => i < 300 ? i : i < 1400 ? 300 + random.NextInt(600) : i < 1450 ? 900 + i % 100 : -1)];
        double[] target = [.. codes.Select(c => task == LearningTask.Regression ? Math.Sin(c) : c % (task == LearningTask.Binary ? 2 : 3) == 0 ? 0.0 : 1)];
        return SampleFold.Make(task, [new CategoricalFeature("c", "c", codes, 1000)], target, null, [.. Enumerable.Range(0, 1400)]);
    }
}
