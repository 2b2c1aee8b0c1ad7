using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Linear;

/// <summary>A 0/1 column per code, one for missing values, and one that rare codes share.</summary>
/// <param name="columns">[codes + 1]: the 0/1 column of missing, then of each code; -1 for none.</param>
internal sealed class CategoryColumns(int[] columns) : DesignColumns
{
    public const byte Kind = 2;

    public override int SparseColumns { get; } = columns.Length == 0 ? 0 : columns.Max() + 1;

    public static CategoryColumns Fit(CategoricalFeature feature, int[] rows, double[]? weights)
    {
        var counts = new int[feature.Cardinality + 1];
        var counted = 0;
        foreach (var row in rows)
        {
            if (weights?[row] != 0)
            {
                counts[feature.Codes[row] + 1]++;
                counted++;
            }
        }

        var pooled = 0;
        var next = 0;
        var columns = new int[counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            // a column that is 1 everywhere would repeat the intercept
            columns[i] = counts[i] >= FewRows && counts[i] < counted ? next++ : -1;
            pooled += counts[i] < FewRows ? counts[i] : 0;
        }

        if (pooled >= FewRows && pooled < counted)
        {
            for (var i = 0; i < counts.Length; i++)
            {
                columns[i] = counts[i] is > 0 and < FewRows ? next : columns[i];
            }
        }

        return new CategoryColumns(columns);
    }

    public override (int Column, float Value) Entry(FeatureColumn feature, int row) => (columns[((CategoricalFeature)feature).Codes[row] + 1], 1);

    public override void Save(BinaryWriter writer)
    {
        writer.Write(Kind);
        writer.Write(columns.Length);
        foreach (var column in columns)
        {
            writer.Write(column);
        }
    }

    public static CategoryColumns Read(BinaryReader reader)
    {
        var columns = new int[reader.ReadInt32()];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = reader.ReadInt32();
        }

        return new CategoryColumns(columns);
    }
}
