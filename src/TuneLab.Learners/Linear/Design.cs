using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>How a feature table becomes a design matrix: fitted on training rows, saved with the model. Immutable.</summary>
internal sealed class Design
{
    private readonly DesignColumns[] _columns;

    private Design(DesignColumns[] columns)
    {
        _columns = columns;
        Numbers = columns.Count(c => c.HasNumber);
        Width = Numbers + columns.Sum(c => c.Indicators);
    }

    /// <summary>How many columns of numbers.</summary>
    public int Numbers { get; }

    /// <summary>How many columns in all.</summary>
    public int Width { get; }

    public static Design Fit(FeatureTable table, int[] rows, double[]? weights, NumberTransform transform)
        => new([.. table.Columns.Select(c => DesignColumns.Fit(c, rows, weights, transform))]);

    /// <summary>The design of a fold with its matrix of all rows, made once per transform.</summary>
    public static SharedDesign Of(PreparedFold fold, NumberTransform transform, CancellationToken cancellation = default) => fold.Share("linear-design:" + transform, (f, _) =>
    {
        var design = Fit(f.Table, f.Train, f.Weights, transform);
        return new SharedDesign(design, design.Matrix(f.Table));
    }, cancellation);

    /// <summary>The matrix of all rows of a table.</summary>
    public DesignMatrix Matrix(FeatureTable table)
    {
        if (table.Columns.Count != _columns.Length)
        {
            throw new ArgumentException($"The model was fitted on {_columns.Length} features, the table has {table.Columns.Count}.", nameof(table));
        }

        var (starts, ones) = Indicators(table);
        return new DesignMatrix(Numbers, Width, Values(table), starts, ones);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_columns.Length);
        foreach (var column in _columns)
        {
            column.Save(writer);
        }
    }

    public static Design Load(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        List<DesignColumns> columns = [];
        for (var i = 0; i < count; i++)
        {
            columns.Add(DesignColumns.Load(reader));
        }

        return new Design([.. columns]);
    }

    private float[] Values(FeatureTable table)
    {
        var values = new float[checked(table.RowCount * Numbers)];
        var number = 0;
        for (var c = 0; c < _columns.Length; c++)
        {
            if (!_columns[c].HasNumber)
            {
                continue;
            }

            for (var (row, at) = (0, number); row < table.RowCount; row++, at += Numbers)
            {
                values[at] = _columns[c].Number(table.Columns[c], row);
            }

            number++;
        }

        return values;
    }

    private (int[] Starts, int[] Ones) Indicators(FeatureTable table)
    {
        List<(DesignColumns Columns, FeatureColumn Feature, int First)> sources = [];
        var first = Numbers;
        for (var c = 0; c < _columns.Length; c++)
        {
            if (_columns[c].Indicators > 0)
            {
                sources.Add((_columns[c], table.Columns[c], first));
                first += _columns[c].Indicators;
            }
        }

        var starts = new int[table.RowCount + 1];
        List<int> ones = [];
        for (var row = 0; row < table.RowCount; row++)
        {
            foreach (var source in sources)
            {
                var indicator = source.Columns.Indicator(source.Feature, row);
                if (indicator >= 0)
                {
                    ones.Add(source.First + indicator);
                }
            }

            starts[row + 1] = ones.Count;
        }

        return (starts, [.. ones]);
    }
}
