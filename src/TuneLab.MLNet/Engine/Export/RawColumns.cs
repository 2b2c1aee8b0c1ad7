using Microsoft.ML;
using Microsoft.ML.Data;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>The raw columns that a model zip starts from, as ML.NET has them: numbers are floats (NaN where missing), dates are dates (the first of all where missing), all others are texts (empty where missing).</summary>
internal static class RawColumns
{
    /// <summary>A view without rows that has these columns.</summary>
    public static IDataView Schema(IEnumerable<InputColumn> inputs) => new FeatureView([], [.. inputs.Select(i => i.Type switch
    {
        ColumnType.Number => ViewColumn.Values<float>(i.Name, NumberDataViewType.Single, []),
        ColumnType.Date => ViewColumn.Values<DateTime>(i.Name, DateTimeDataViewType.Instance, []),
        _ => ViewColumn.Values<ReadOnlyMemory<char>>(i.Name, TextDataViewType.Instance, []),
    })]);
}
