namespace TuneLab.Metrics;

/// <summary>Weights of rows by true and predicted class.</summary>
internal sealed class Confusion
{
    private readonly double[] _cells;

    private Confusion(int classes) => (Classes, _cells, True, Predicted) = (classes, new double[classes * classes], new double[classes], new double[classes]);

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>[classes]: weight of the rows that are of the class.</summary>
    public double[] True { get; }

    /// <summary>[classes]: weight of the rows that are said to be of the class.</summary>
    public double[] Predicted { get; }

    /// <summary>Weight of all rows.</summary>
    public double Total { get; private set; }

    /// <summary>Weight of the rows that are of the class and are said to be.</summary>
    public double Right(int label) => _cells[label * Classes + label];

    /// <summary>Weight of the rows of one class that are said to be of another.</summary>
    public double this[int truth, int predicted] => _cells[truth * Classes + predicted];

    /// <summary>The weighted share of the class's rows that are found; NaN when it has none.</summary>
    public double Recall(int label) => True[label] > 0 ? Right(label) / True[label] : double.NaN;

    /// <summary>Harmonic mean of precision and recall of a class; 0 when it is never right; NaN when it occurs neither in truth nor in prediction.</summary>
    public double F1(int label) => True[label] + Predicted[label] is > 0 and var sum ? 2 * Right(label) / sum : double.NaN;

    /// <summary>The mean over the classes for which the function is defined.</summary>
    public double Mean(Func<int, double> ofClass)
    {
        var (sum, count) = (0.0, 0);
        for (var c = 0; c < Classes; c++)
        {
            if (ofClass(c) is var value && !double.IsNaN(value))
            {
                (sum, count) = (sum + value, count + 1);
            }
        }

        return sum / count;
    }

    public static Confusion Of(Predictions predictions)
    {
        var confusion = new Confusion(Math.Max(2, predictions.Outputs));
        var (cells, classes, labels, truth) = (confusion._cells, confusion.Classes, predictions.Labels, predictions.Truth);
        for (var i = 0; i < labels.Length; i++)
        {
            cells[(int)truth[i] * classes + labels[i]] += predictions.Weight(i);
        }

        for (var t = 0; t < classes; t++)
        {
            for (var p = 0; p < classes; p++)
            {
                confusion.True[t] += confusion[t, p];
                confusion.Predicted[p] += confusion[t, p];
                confusion.Total += confusion[t, p];
            }
        }

        return confusion;
    }
}
