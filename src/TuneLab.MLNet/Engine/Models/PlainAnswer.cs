using Microsoft.ML;
using Microsoft.ML.Data;
using TuneLab.Errors;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>What a pipeline of ML.NET's answers, by its columns <c>Score</c>, <c>Probability</c> and <c>PredictedLabel</c>.</summary>
/// <param name="Number">The column of the numbers.</param>
/// <param name="Names">The numbers' names in a table of predictions.</param>
/// <param name="HasLabel">Whether a class is predicted.</param>
internal sealed record PlainAnswer(string Number, IReadOnlyList<string> Names, bool HasLabel)
{
    private const string PredictedLabel = "PredictedLabel";

    /// <summary>The answer of a pipeline's schema.</summary>
    /// <exception cref="InputException">It has none.</exception>
    public static PlainAnswer Of(DataViewSchema schema, string source)
    {
        var score = schema.GetColumnOrNull(FittedPredictor.Score) ?? throw new InputException($"{source} predicts nothing: its pipeline has no column '{FittedPredictor.Score}'.", "Save the pipeline with its trainer.");
        var label = schema.GetColumnOrNull(PredictedLabel);
        if (score.Type is VectorDataViewType vector)
        {
            return new PlainAnswer(FittedPredictor.Score, Classes(score, label, vector.Size), label is not null);
        }

        return label is null ? new PlainAnswer(FittedPredictor.Score, ["score"], false)
            : schema.GetColumnOrNull(FittedPredictor.Probability) is not null ? new PlainAnswer(FittedPredictor.Probability, ["probability"], true)
            : new PlainAnswer(FittedPredictor.Score, ["score"], true);
    }

    /// <summary>The columns that it reads.</summary>
    public IEnumerable<DataViewSchema.Column> Columns(DataViewSchema schema) => HasLabel ? [schema[Number], schema[PredictedLabel]] : [schema[Number]];

    /// <summary>Reads the answers of all rows.</summary>
    /// <param name="view">The pipeline's output.</param>
    /// <param name="values">[rows x names], written from the start.</param>
    /// <param name="labels">[rows], likewise; empty where no class is predicted.</param>
    public void Read(IDataView view, Memory<double> values, Memory<string> labels)
    {
        using var cursor = view.GetRowCursor(Columns(view.Schema));
        var numbers = Numbers(cursor, view.Schema[Number]);
        var label = HasLabel ? Texts(cursor, view.Schema[PredictedLabel]) : null;
        for (var row = 0; cursor.MoveNext(); row++)
        {
            numbers(values.Span.Slice(row * Names.Count, Names.Count));
            if (label is not null)
            {
                labels.Span[row] = label();
            }
        }
    }

    private static Action<Span<double>> Numbers(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
        {
            var vectors = cursor.GetGetter<VBuffer<float>>(column);
            VBuffer<float> vector = default;
            return values =>
            {
                vectors(ref vector);
                values.Clear();
                foreach (var (index, value) in vector.Items())
                {
                    values[index] = value;
                }
            };
        }

        var getter = cursor.GetGetter<float>(column);
        return values =>
        {
            var value = 0f;
            getter(ref value);
            values[0] = value;
        };
    }

    private static Func<string> Texts(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        switch (column.Type)
        {
            case BooleanDataViewType:
                return Text<bool>(cursor, column, b => b ? "true" : "false");
            case TextDataViewType:
                return Text<ReadOnlyMemory<char>>(cursor, column, t => t.ToString());
            case KeyDataViewType:
                var names = KeyNames(column);
                return Text<uint>(cursor, column, key => key == 0 ? "" : key <= names.Length ? names[key - 1] : key.ToString(CultureInfo.InvariantCulture));
            default:
                return Text<float>(cursor, column, v => v.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static Func<string> Text<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Func<T, string> show)
    {
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return show(value);
        };
    }

    private static string[] Classes(DataViewSchema.Column score, DataViewSchema.Column? label, int count)
    {
        var names = score.HasSlotNames() ? Slots(score) : [];
        names = names.Length == count || label is not { Type: KeyDataViewType } keys ? names : KeyNames(keys);
        return names.Length == count && names.Distinct(StringComparer.Ordinal).Count() == count ? names : [.. Enumerable.Range(0, count).Select(i => "score" + i.ToString(CultureInfo.InvariantCulture))];
    }

    private static string[] Slots(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    // keys stand for texts, or for numbers where the label was one
    private static string[] KeyNames(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType { ItemType: var item })
        {
            return [];
        }

        if (item is TextDataViewType)
        {
            VBuffer<ReadOnlyMemory<char>> texts = default;
            column.GetKeyValues(ref texts);
            return [.. texts.DenseValues().Select(t => t.ToString())];
        }

        if (item.RawType != typeof(float))
        {
            return [];
        }

        VBuffer<float> numbers = default;
        column.GetKeyValues(ref numbers);
        return [.. numbers.DenseValues().Select(n => n.ToString("R", CultureInfo.InvariantCulture))];
    }
}
