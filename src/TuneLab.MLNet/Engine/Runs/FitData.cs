using Microsoft.ML.Data;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine.Definitions;
using TuneLab.MLNet.Engine.Features;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine.Runs;

/// <summary>What one run fits on: rows, labels and weights as ML.NET takes them, over the fold's shared matrix.</summary>
internal sealed class FitData
{
    private readonly PreparedFold _fold;

    /// <param name="definition">Who fits.</param>
    /// <param name="request">On what.</param>
    /// <param name="cancellation">Ends the making of what the fold's runs share.</param>
    /// <exception cref="Errors.InputException">As for <see cref="TrainingData"/>.</exception>
    public FitData(TrainerDefinition definition, TrainingRequest request, CancellationToken cancellation)
    {
        _fold = request.Fold;
        var data = new TrainingData(request);
        Matrix = FeatureMatrix.Of(_fold, definition.Form, cancellation);
        (Rows, Labels, Weights) = (data.Rows, data.Target, definition.RowWeights ? RowWeights.Normalised(data.Weights) : null);
        Constant = ConstantOf(_fold, Labels, Weights);
        if (definition.UsesFields && Array.Exists(Rows, r => !Matrix.HasValues(r)))
        {
            // it divides a row by its length: one without values says nothing, and would make all weights NaN
            var kept = Enumerable.Range(0, Rows.Length).Where(i => Matrix.HasValues(Rows[i])).ToArray();
            (Rows, Labels, Weights) = (Array.ConvertAll(kept, i => Rows[i]), Array.ConvertAll(kept, i => Labels[i]), Weights is null ? null : Array.ConvertAll(kept, i => Weights[i]));
        }

        Scale = _fold.Task != LearningTask.Regression ? TargetScale.None
            : definition.Target == TargetForm.Positive ? TargetScale.Positive(Labels, Weights) : TargetScale.Standard(Labels, Weights);
        Classes = _fold.Task == LearningTask.Regression ? [] : [.. Labels.Select(y => (int)y).Distinct().Order()];
        Fields = definition.UsesFields ? FieldsOf(Matrix.Layout) : [];
    }

    /// <summary>The rows of the matrix to fit on.</summary>
    public int[] Rows { get; }

    /// <summary>[rows]: class index or number.</summary>
    public double[] Labels { get; }

    /// <summary>[rows] with mean 1, or null: all 1.</summary>
    public double[]? Weights { get; }

    /// <summary>All rows of the fold.</summary>
    public FeatureMatrix Matrix { get; }

    /// <summary>How numbers are learned.</summary>
    public TargetScale Scale { get; }

    /// <summary>The classes that occur, ascending.</summary>
    public int[] Classes { get; }

    /// <summary>The vectors that hold one field each.</summary>
    public IReadOnlyList<FieldRange> Fields { get; }

    /// <summary>Whether there is nothing to learn: one label only, or the same features in every row.</summary>
    public bool IsConstant => Rows.Length == 0 || Array.TrueForAll(Labels, y => y == Labels[0]) || !_fold.Table.Columns.Any(c => Varies(c, Rows));

    /// <summary>[outputs]: what is predicted where nothing can be told apart: the mean, or the classes' shares.</summary>
    public double[] Constant { get; }

    /// <summary>The rows with label and weight.</summary>
    public FeatureView View()
    {
        var columns = FeatureColumns(Matrix, Fields);
        columns.Add(_fold.Task switch
        {
            LearningTask.Binary => ViewColumn.Values(FeatureView.Label, BooleanDataViewType.Instance, Array.ConvertAll(Labels, y => y > 0)),
            LearningTask.Multiclass => ViewColumn.Values(FeatureView.Label, new KeyDataViewType(typeof(uint), Classes.Length), Array.ConvertAll(Labels, y => (uint)Array.BinarySearch(Classes, (int)y) + 1)) with { Annotations = SlotAnnotations.Keys(Classes) },
            _ => ViewColumn.Values(FeatureView.Label, NumberDataViewType.Single, Array.ConvertAll(Labels, Scale.Of)),
        });
        if (Weights is not null)
        {
            columns.Add(ViewColumn.Values(FeatureView.Weight, NumberDataViewType.Single, Array.ConvertAll(Weights, w => (float)w)));
        }

        return new FeatureView(Rows, [.. columns]);
    }

    /// <summary>The vectors of a matrix: all slots, and those of the fields.</summary>
    public static List<ViewColumn> FeatureColumns(FeatureMatrix matrix, IReadOnlyList<FieldRange> fields)
        => [ViewColumn.Slots(FeatureView.Features, matrix, 0, matrix.Layout.Slots, SlotAnnotations.Of(matrix.Layout)), .. fields.Select(f => ViewColumn.Slots(f.Name, matrix, f.First, f.Count))];

    private static double[] ConstantOf(PreparedFold fold, double[] labels, double[]? weights)
    {
        double Mean(Func<double, double> of) => labels.Select((y, i) => (weights?[i] ?? 1) * of(y) / labels.Length).Sum();
        switch (fold.Task)
        {
            case LearningTask.Regression:
                return [Array.TrueForAll(labels, y => y == labels[0]) ? labels[0] : Mean(y => y)];
            case LearningTask.Binary:
                return [Math.Clamp(Mean(y => y), 0, 1)];
            default:
                var shares = Enumerable.Range(0, fold.Outputs).Select(k => Mean(y => y == k ? 1 : 0)).ToArray();
                var sum = shares.Sum();
                return Array.ConvertAll(shares, s => s / sum);
        }
    }

    // the numbers are a field together, each category is one
    private static FieldRange[] FieldsOf(FeatureLayout layout)
    {
        (int First, int Count)[] ranges = [(0, layout.NumberSlots), .. layout.Columns.Where(c => c.IsCategory).Select(c => (c.First, c.Cardinality))];
        return [.. ranges.Where(r => r.Count > 0).Select((r, i) => new FieldRange("Field" + i.ToString(CultureInfo.InvariantCulture), r.First, r.Count))];
    }

    private static bool Varies(FeatureColumn column, int[] rows) => column switch
    {
        NumericFeature n => Array.Exists(rows, r => !n.Values[r].Equals(n.Values[rows[0]])),
        CategoricalFeature c => Array.Exists(rows, r => c.Codes[r] != c.Codes[rows[0]]),
        _ => false,
    };
}
