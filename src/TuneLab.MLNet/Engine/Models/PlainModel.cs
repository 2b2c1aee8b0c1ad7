using Microsoft.ML;
using Microsoft.ML.Data;
using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.MLNet.Engine.Features;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>
/// A model zip that another program wrote with ML.NET. What it needs of a table is found by asking its pipeline: columns that its answer does not depend on, the label above all, may be absent.
/// Vectors of named slots are read from columns of these names.
/// </summary>
internal sealed class PlainModel : ITablePredictor
{
    // rows that are transformed at once
    private const int Block = 8192;

    private readonly ITransformer _model;
    private readonly DataViewSchema _schema;
    private readonly PlainInput[] _inputs;
    private readonly PlainAnswer _answer;
    private readonly string _source;

    private PlainModel(ITransformer model, DataViewSchema schema, string source)
    {
        (_model, _schema, _source) = (model, schema, source);
        var probe = new AskedView(schema);
        var transformed = model.Transform(probe);
        _answer = PlainAnswer.Of(transformed.Schema, source);
        using var cursor = transformed.GetRowCursor(_answer.Columns(transformed.Schema));
        _inputs = [.. schema.Where(c => !c.IsHidden && probe.Asked.Contains(c.Index)).Select(c => PlainInput.Of(c, source))];
    }

    /// <inheritdoc/>
    public string? Label => null;

    private IEnumerable<(string Name, ColumnType Type)> Needed => _inputs.SelectMany(i => i.Columns.Select(c => (c, i.Type))).Distinct();

    /// <summary>Loads one.</summary>
    /// <inheritdoc cref="EngineAvailability.LoadModel"/>
    public static PlainModel Load(byte[] zip, string source)
    {
        try
        {
            using var stream = new MemoryStream(zip);
            var model = new MLContext(0).Model.Load(stream, out var schema);
            return new PlainModel(model, schema ?? throw new InputException($"{source} does not say which columns it takes.", "Save it with its input schema: mlContext.Model.Save(model, data.Schema, path)."), source);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException or IOException or InvalidDataException)
        {
            throw new InputException($"ML.NET can't read {source}: {e.Message}", "It may be damaged, or need transformers or trainers that TuneLab does not carry.", e);
        }
    }

    /// <inheritdoc/>
    public Dataset Read(string path) => CsvDatasetReader.Read(path, new CsvOptions
    {
        // ML.NET's own reader takes an empty text alone for missing
        Missing = [],
        Types = Needed.ToDictionary(n => n.Name, n => n.Type, StringComparer.Ordinal),
        Columns = [.. Needed.Select(n => n.Name)],
    });

    /// <inheritdoc/>
    public TablePredictions PredictTable(Dataset data, int threads = 1)
    {
        var values = new double[data.RowCount * _answer.Names.Count];
        var labels = _answer.HasLabel ? new string[data.RowCount] : null;
        ViewColumn[] columns = [.. _schema.Where(c => !c.IsHidden).Select(c => Array.Find(_inputs, i => i.Name == c.Name) is { } input ? input.View(c, data) : PlainInput.Unused(c))];
        try
        {
            Parallel.For(0, (data.RowCount + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, block =>
            {
                var first = block * Block;
                var view = new FeatureView([.. Enumerable.Range(first, Math.Min(Block, data.RowCount - first))], columns);
                _answer.Read(_model.Transform(view), values.AsMemory(first * _answer.Names.Count), labels.AsMemory(labels is null ? 0 : first));
            });
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new InputException($"The model {_source} can't predict {data.Source}: {e.InnerExceptions[0].Message}", "Check that its columns have the values that the model was trained on.", e.InnerExceptions[0]);
        }

        return new TablePredictions(_answer.Names, values, labels is null ? null : row => labels[row]);
    }
}
