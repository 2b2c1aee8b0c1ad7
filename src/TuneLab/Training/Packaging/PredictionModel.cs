using TuneLab.Data;
using TuneLab.Data.Encoding;

namespace TuneLab.Training.Packaging;

/// <summary>A loaded model zip, or the ensemble in it: predicts tables and single rows. Immutable and thread-safe.</summary>
/// <example>
/// <code>
/// var model = ModelPackage.Load("model.zip", EmbeddedTrainers.Catalog());
/// var row = model.PredictRow(new Dictionary&lt;string, string?&gt; { ["age"] = "41", ["contract"] = "monthly" });
/// Console.WriteLine(row.Label + " " + row.Values[0]);
/// </code>
/// </example>
public sealed class PredictionModel : ITablePredictor
{
    private readonly FeatureEncoding _encoding;
    private readonly IReadOnlyList<(ITrainedModel Model, double Weight)> _members;

    // one model of weight 1, or an ensemble
    internal PredictionModel(ModelCard card, FeatureEncoding encoding, IReadOnlyList<(ITrainedModel Model, double Weight)> members) => (Card, _encoding, _members) = (card, encoding, members);

    /// <summary>What the file says of itself: of its model, also where the ensemble was loaded.</summary>
    public ModelCard Card { get; }

    /// <summary>The columns that it needs, with their types.</summary>
    public IReadOnlyList<InputColumn> Inputs => _encoding.Inputs;

    /// <summary>Numbers per row: the number of classes for multiclass, else 1.</summary>
    public int Outputs => _members[0].Model.Outputs;

    /// <summary>How a CSV file for this model is to be read: only the columns it needs, with the types it was fitted on.</summary>
    public CsvOptions ReadOptions(char? separator = null, bool? header = null) => new()
    {
        Separator = separator,
        Header = header,
        Missing = Card.Missing,
        Types = Inputs.ToDictionary(i => i.Name, i => i.Type),
        Columns = [.. Inputs.Select(i => i.Name)],
    };

    /// <inheritdoc/>
    string? ITablePredictor.Label => Card.Label;

    /// <inheritdoc/>
    public Dataset Read(string path) => CsvDatasetReader.Read(path, ReadOptions());

    /// <inheritdoc/>
    public TablePredictions PredictTable(Dataset data, int threads = 1)
    {
        var values = Predict(data, threads);
        string[] columns = Card.Task switch
        {
            LearningTask.Regression => ["score"],
            LearningTask.Binary => ["probability"],
            _ => [.. Card.Classes],
        };
        return new TablePredictions(columns, values, Card.Task == LearningTask.Regression ? null : row => LabelOf(values.AsSpan(row * Outputs, Outputs))!);
    }

    /// <summary>Predicts a table.</summary>
    /// <param name="data">Has the columns of <see cref="Inputs"/>, in any order, among others; the label is not needed.</param>
    /// <param name="threads">How many threads the model may use; the numbers don't depend on it.</param>
    /// <returns>[rows x <see cref="Outputs"/>], row-major: probability of the positive class (binary), of each class (multiclass), or the number.</returns>
    /// <exception cref="Errors.InputException">A column is missing or has values of another type.</exception>
    public double[] Predict(Dataset data, int threads = 1)
    {
        var table = _encoding.Transform(data);
        return WeightedAverage.Of([.. _members.Select(m =>
        {
            var values = new double[table.RowCount * Outputs];
            m.Model.Predict(table, values, threads);
            return (values, m.Weight);
        })]);
    }

    /// <summary>Predicts one row.</summary>
    /// <param name="row">Values as they would stand in a file, by column; null, empty or absent: missing.</param>
    /// <exception cref="Errors.InputException">A value does not fit its column's type.</exception>
    public RowPrediction PredictRow(IReadOnlyDictionary<string, string?> row)
    {
        var values = Predict(new Dataset("the row", [.. Inputs.Select(i => new TextColumn(i.Name, [row.GetValueOrDefault(i.Name) is { Length: > 0 } text ? text : null]))]));
        return new RowPrediction(values, LabelOf(values));
    }

    /// <summary>The class that a row's numbers stand for; null for regression.</summary>
    /// <param name="values">[<see cref="Outputs"/>].</param>
    public string? LabelOf(ReadOnlySpan<double> values)
    {
        switch (Card.Task)
        {
            case LearningTask.Regression:
                return null;
            case LearningTask.Binary:
                return Card.Classes[values[0] >= Card.Threshold ? 1 : 0];
            default:
                var best = 0;
                for (var i = 1; i < values.Length; i++)
                {
                    best = values[i] > values[best] ? i : best;
                }

                return Card.Classes[best];
        }
    }
}

/// <summary>A prediction of one row.</summary>
/// <param name="Values">[outputs], as in <see cref="PredictionModel.Predict"/>.</param>
/// <param name="Label">The predicted class; null for regression.</param>
public sealed record RowPrediction(double[] Values, string? Label);
