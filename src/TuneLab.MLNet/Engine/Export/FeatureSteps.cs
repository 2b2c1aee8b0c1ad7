using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>From raw columns to the very vector that the predictor was trained on.</summary>
/// <param name="steps">Where the steps go.</param>
/// <param name="layout">The vector.</param>
internal sealed class FeatureSteps(Steps steps, FeatureLayout layout)
{
    private const string Numbers = "numbers";
    private const string Marks = "marks";

    // one for each of the layout's columns: the name of a float or of a vector; empty: it is in the vector of a column before
    private readonly List<string> _sources = [];

    private TransformsCatalog Transforms => steps.Context.Transforms;

    /// <summary>Adds the steps.</summary>
    /// <param name="encoding">How the table's features were made.</param>
    /// <param name="fields">The vectors of single fields that the predictor takes besides.</param>
    public void Add(FeatureEncoding encoding, IReadOnlyList<FieldRange> fields)
    {
        foreach (var column in encoding.Columns)
        {
            _sources.AddRange(Features(column));
        }

        var numbers = Pick(c => !c.IsCategory);
        if (numbers.Length > 0)
        {
            AddNumbers(numbers, Pick(c => c.Mark >= 0));
        }

        var categories = Pick(c => c.IsCategory && c.Cardinality > 0);
        string[] joined = [.. numbers.Length > 0 ? [steps.Helper(Numbers)] : Array.Empty<string>(), .. Pick(c => c.Mark >= 0).Length > 0 ? [steps.Helper(Marks)] : Array.Empty<string>()];
        steps.Add(Transforms.Concatenate(steps.Helper(FeatureView.Features), [.. joined, .. categories]));
        steps.Add(Transforms.CopyColumns(FeatureView.Features, steps.Helper(FeatureView.Features)));
        foreach (var (field, i) in fields.Select((f, i) => (f, i)))
        {
            steps.Add(joined.Length > 0 && i == 0 ? Transforms.Concatenate(field.Name, joined) : Transforms.CopyColumns(field.Name, categories[i - (joined.Length > 0 ? 1 : 0)]));
        }
    }

    private string[] Pick(Func<ColumnLayout, bool> of) => [.. _sources.Where((s, i) => s.Length > 0 && of(layout.Columns[i]))];

    private IEnumerable<string> Features(EncodedColumn column) => column.Input.Type switch
    {
        ColumnType.Number => [column.Input.Name],
        ColumnType.Boolean => [Boolean(column.Input)],
        ColumnType.Date => [.. DateParts.Add(steps, column.Input.Name, column.Parts)],
        ColumnType.Text => [.. TextParts.Add(steps, column.Input.Name, column.Parts)],
        _ => [Category(column)],
    };

    private string Boolean(InputColumn input)
    {
        var name = steps.Helper(input.Name);
        var (no, yes) = (Literals.Of(input.Levels[0].ToLowerInvariant()), Literals.Of(input.Levels[1].ToLowerInvariant()));
        steps.Add(Transforms.Expression(name, $"x : lower(x) == {yes} ? 1f : lower(x) == {no} ? 0f : na(1f)", input.Name));
        return name;
    }

    // a text that is no level has no key, and a missing key no slot
    private string Category(EncodedColumn column)
    {
        var (input, name) = (column.Input, steps.Helper(column.Input.Name));
        var source = input.Name;
        string[] levels = [.. input.Levels];
        if (column.Shared.Count > 0)
        {
            // what shares a code becomes one level, which no text can be
            var shared = string.Join('\0', column.Shared.Take(1)) + "\0";
            source = steps.Helper(input.Name + ".level");
            steps.Add(Transforms.Conversion.MapValue(source, input.Levels.Select(l => KeyValuePair.Create(l, l)).Concat(column.Shared.Select(l => KeyValuePair.Create(l, shared))), input.Name));
            levels = [.. levels, shared];
        }

        var keys = new FeatureView([.. Enumerable.Range(0, levels.Length)], ViewColumn.Values("Level", TextDataViewType.Instance, Array.ConvertAll(levels, l => l.AsMemory())));
        steps.Add(Transforms.Conversion.MapValueToKey(name, source, keyData: keys));
        steps.Add(Transforms.Conversion.MapKeyToVector(name));
        return name;
    }

    private void AddNumbers(string[] numbers, string[] marked)
    {
        var name = steps.Helper(Numbers);
        if (marked.Length > 0)
        {
            steps.Add(Transforms.Concatenate(steps.Helper(Marks), marked));
            steps.Add(Transforms.IndicateMissingValues(steps.Helper(Marks)));
            steps.Add(Transforms.Conversion.ConvertType(steps.Helper(Marks), outputKind: DataKind.Single));
        }

        steps.Add(Transforms.Concatenate(name, numbers));
        if (layout.Form == FeatureForm.Raw)
        {
            return;
        }

        // ML.NET learns its constants from rows: these rows have no others
        var columns = layout.Columns.Where(c => !c.IsCategory).ToArray();
        steps.Add(Transforms.ReplaceMissingValues(name, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Minimum), Rows(name, Array.ConvertAll(columns, c => c.Fill)));
        if (layout.Form == FeatureForm.Scaled)
        {
            var ends = Array.ConvertAll(columns, c => c.Scale == 0 ? c.Fill : c.End);
            steps.Add(Transforms.NormalizeMinMax(name, fixZero: false), Rows(name, Array.ConvertAll(columns, c => c.Fill), ends));
        }
    }

    private static FeatureView Rows(string name, params float[][] rows)
        => new([.. Enumerable.Range(0, rows.Length)], ViewColumn.Vectors(name, new VectorDataViewType(NumberDataViewType.Single, rows[0].Length), rows));
}
