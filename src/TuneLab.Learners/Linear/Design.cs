using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>How a feature table becomes a design matrix: fitted on training rows, saved with the model. Immutable.</summary>
internal sealed class Design
{
    /// <summary>Rows made in one go, between two looks at the token.</summary>
    private const int BlockRows = 2048;

    private readonly DesignColumns[] _columns;

    private Design(DesignColumns[] columns)
    {
        _columns = columns;
        Numbers = columns.Count(c => c.HasNumber);
        Width = Numbers + columns.Sum(c => c.SparseColumns);
    }

    /// <summary>How many columns of numbers.</summary>
    public int Numbers { get; }

    /// <summary>How many columns in all.</summary>
    public int Width { get; }

    public static Design Fit(FeatureTable table, int[] rows, double[]? weights, NumberTransform transform, Team? team = null, CancellationToken cancellation = default)
    {
        var columns = new DesignColumns[table.Columns.Count];
        (team ?? new Team(1)).For(columns.Length, c =>
        {
            cancellation.ThrowIfCancellationRequested();
            columns[c] = DesignColumns.Fit(table.Columns[c], rows, weights, transform);
        });
        return new Design(columns);
    }

    /// <summary>The design of a fold with its matrix of all rows, made once per transform.</summary>
    public static SharedDesign Of(PreparedFold fold, NumberTransform transform, Team team, CancellationToken cancellation) => fold.Share("linear-design:" + transform, (f, stop) =>
    {
        var design = Fit(f.Table, f.Train, f.Weights, transform, team, stop);
        return new SharedDesign(design, design.Matrix(f.Table, team, stop));
    }, cancellation);

    /// <summary>The matrix of all rows of a table.</summary>
    public DesignMatrix Matrix(FeatureTable table, Team? team = null, CancellationToken cancellation = default)
    {
        if (table.Columns.Count != _columns.Length)
        {
            throw new ArgumentException($"The model was fitted on {_columns.Length} features, the table has {table.Columns.Count}.", nameof(table));
        }

        var values = new float[checked(table.RowCount * Numbers)];
        var starts = new int[table.RowCount + 1];
        var blocks = new (List<int> Columns, List<float> Entries)[(table.RowCount + BlockRows - 1) / BlockRows];
        (team ?? new Team(1)).For(blocks.Length, b =>
        {
            cancellation.ThrowIfCancellationRequested();
            var (first, end) = (b * BlockRows, Math.Min(table.RowCount, (b + 1) * BlockRows));
            FillValues(table, first, end, values);
            blocks[b] = ListEntries(table, first, end, starts);
        });
        for (var row = 0; row < table.RowCount; row++)
        {
            starts[row + 1] += starts[row];
        }

        return new DesignMatrix(Numbers, Width, values, starts, Joined(blocks, b => b.Columns), Joined(blocks, b => b.Entries));
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

    private void FillValues(FeatureTable table, int first, int end, float[] values)
    {
        var number = 0;
        for (var c = 0; c < _columns.Length; c++)
        {
            if (!_columns[c].HasNumber)
            {
                continue;
            }

            for (var (row, at) = (first, (first * Numbers) + number); row < end; row++, at += Numbers)
            {
                values[at] = _columns[c].Number(table.Columns[c], row);
            }

            number++;
        }
    }

    /// <summary>The sparse entries of some rows; how many a row has goes to the place after it in <paramref name="counts"/>.</summary>
    private (List<int> Columns, List<float> Entries) ListEntries(FeatureTable table, int firstRow, int end, int[] counts)
    {
        List<int> columns = [];
        List<float> entries = [];
        for (var row = firstRow; row < end; row++)
        {
            var (before, first) = (columns.Count, Numbers);
            for (var c = 0; c < _columns.Length; c++)
            {
                if (_columns[c].SparseColumns == 0)
                {
                    continue;
                }

                var (column, value) = _columns[c].Entry(table.Columns[c], row);
                if (column >= 0)
                {
                    columns.Add(first + column);
                    entries.Add(value);
                }

                first += _columns[c].SparseColumns;
            }

            counts[row + 1] = columns.Count - before;
        }

        return (columns, entries);
    }

    private static T[] Joined<T>((List<int> Columns, List<float> Entries)[] blocks, Func<(List<int> Columns, List<float> Entries), List<T>> part)
    {
        var all = new T[blocks.Sum(b => part(b).Count)];
        var at = 0;
        foreach (var block in blocks)
        {
            part(block).CopyTo(all, at);
            at += part(block).Count;
        }

        return all;
    }
}
