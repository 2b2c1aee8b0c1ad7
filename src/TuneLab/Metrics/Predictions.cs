using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>Predictions of some rows beside their truth: what every <see cref="Metric"/> scores. Immutable; the arrays are shared and must not be written.</summary>
public sealed class Predictions
{
    private readonly Memo _memo;
    private Confusion? _confusion;

    /// <param name="task">What was learned.</param>
    /// <param name="truth">[rows]: class index or number, as in <see cref="TaskTable.Target"/>.</param>
    /// <param name="values">[rows x outputs], row-major: probability of the positive class (binary), of each class (multiclass, rows sum to 1), or the predicted number.</param>
    /// <param name="outputs">Numbers per row.</param>
    /// <param name="weights">[rows] of at least 0, or null: all 1.</param>
    /// <param name="threshold">Binary: at or above it a row is labelled positive.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public Predictions(LearningTask task, double[] truth, double[] values, int outputs, double[]? weights = null, double threshold = 0.5)
        : this(task, truth, values, outputs, weights, threshold, new Memo())
    {
    }

    private Predictions(LearningTask task, double[] truth, double[] values, int outputs, double[]? weights, double threshold, Memo memo)
    {
        if (values.Length != truth.Length * outputs || (weights is not null && weights.Length != truth.Length))
        {
            throw new ArgumentException($"{truth.Length} rows need {truth.Length * outputs} values, not {values.Length}, and as many weights as rows.");
        }

        (Task, Truth, Values, Outputs, Weights, Threshold, _memo) = (task, truth, values, outputs, weights, threshold, memo);
    }

    /// <summary>What was learned.</summary>
    public LearningTask Task { get; }

    /// <summary>[rows]: class index or number.</summary>
    public double[] Truth { get; }

    /// <summary>[rows x outputs], row-major.</summary>
    public double[] Values { get; }

    /// <summary>Numbers per row.</summary>
    public int Outputs { get; }

    /// <summary>[rows] of at least 0, or null: all 1.</summary>
    public double[]? Weights { get; }

    /// <summary>Binary: at or above it a row is labelled positive. <value>0.5</value></summary>
    public double Threshold { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Truth.Length;

    /// <summary>The weight of a row.</summary>
    public double Weight(int row) => Weights is null ? 1 : Weights[row];

    /// <summary>
    /// Row indexes by falling value of the first output (the order among ties is fixed but means nothing), made once and kept: a
    /// bootstrap re-weights the same predictions a thousand times and sorts them once.
    /// </summary>
    public int[] Order
    {
        get
        {
            if (_memo.Order is { } known)
            {
                return known;
            }

            var keys = new double[Count];
            var order = new int[Count];
            for (var i = 0; i < Count; i++)
            {
                (keys[i], order[i]) = (-Values[i * Outputs], i);
            }

            Array.Sort(keys, order);
            return _memo.Order = order; // two threads at once make the same array
        }
    }

    /// <summary>
    /// [rows]: the predicted class: 1 where the value reaches <see cref="Threshold"/> (binary), else the class of the largest value, the first of equals (multiclass);
    /// made once and kept. Means nothing for regression.
    /// </summary>
    public int[] Labels => _memo.Labels ??= Outputs == 1 ? Reached() : Largest(); // two threads at once make the same array

    /// <summary>Weights by true and predicted class, made once and kept: the metrics that judge labels share it.</summary>
    internal Confusion Confusion => _confusion ??= Confusion.Of(this);

    /// <summary>Whether every prediction and every truth is a finite number.</summary>
    internal bool AllFinite => _memo.AllFinite ??= IsFinite(Values) && IsFinite(Truth);

    /// <summary>These predictions when they can be scored: rows of zero weight that hold NaN or infinity taken out. Null when a row that counts holds such a value or no row counts.</summary>
    internal Predictions? Counted => Weights is null
        ? (Count > 0 && AllFinite ? this : null)
        : AnyPositive(Weights) ? (AllFinite ? this : WithoutZeroWeights()) : null;

    /// <summary>The same predictions under other weights; shares everything, the order too.</summary>
    public Predictions WithWeights(double[]? weights) => new(Task, Truth, Values, Outputs, weights, Threshold, _memo);

    internal static bool AnyPositive(double[] weights)
    {
        foreach (var weight in weights)
        {
            if (weight > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFinite(double[] numbers)
    {
        var sum = 0.0;
        foreach (var number in numbers)
        {
            sum += number * 0; // NaN as soon as one of them is NaN or infinite
        }

        return !double.IsNaN(sum);
    }

    private int[] Reached()
    {
        var labels = new int[Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = Values[i] >= Threshold ? 1 : 0;
        }

        return labels;
    }

    private int[] Largest()
    {
        var labels = new int[Count];
        for (var i = 0; i < labels.Length; i++)
        {
            var row = Values.AsSpan(i * Outputs, Outputs);
            var best = 0;
            for (var c = 1; c < row.Length; c++)
            {
                best = row[c] > row[best] ? c : best;
            }

            labels[i] = best;
        }

        return labels;
    }

    private Predictions? WithoutZeroWeights()
    {
        int[] rows = [.. Enumerable.Range(0, Count).Where(i => Weights![i] > 0)];
        var rest = new Predictions(Task, [.. rows.Select(i => Truth[i])], [.. rows.SelectMany(i => Values.AsSpan(i * Outputs, Outputs).ToArray())], Outputs, [.. rows.Select(i => Weights![i])], Threshold);
        return rest.AllFinite ? rest : null;
    }

    private sealed class Memo
    {
        public bool? AllFinite { get; set; }

        public int[]? Labels { get; set; }

        public int[]? Order { get; set; }
    }
}
