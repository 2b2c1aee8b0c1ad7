namespace TuneLab.Learners.Linear;

/// <summary>The rows of a table as a linear model sees them: columns of numbers, then sparse columns of which only what is not zero is kept. Read-only and shared.</summary>
/// <param name="Numbers">How many columns of numbers.</param>
/// <param name="Width">How many columns in all, the intercept not counted.</param>
/// <param name="Values">[rows x numbers], row-major.</param>
/// <param name="Starts">[rows + 1]: where each row's entries begin in <paramref name="Columns"/> and <paramref name="Entries"/>.</param>
/// <param name="Columns">Columns from <paramref name="Numbers"/> to <paramref name="Width"/> - 1, row after row, ascending within a row.</param>
/// <param name="Entries">What stands there; 1 for a category.</param>
internal sealed record DesignMatrix(int Numbers, int Width, float[] Values, int[] Starts, int[] Columns, float[] Entries)
{
    /// <summary>How many entries of a row are sparse ones, on average.</summary>
    public double Sparse => Starts.Length > 1 ? (double)Columns.Length / (Starts.Length - 1) : 0;

    public ReadOnlySpan<float> ValuesOf(int row) => Values.AsSpan(row * Numbers, Numbers);

    public ReadOnlySpan<int> ColumnsOf(int row) => Columns.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    public ReadOnlySpan<float> EntriesOf(int row) => Entries.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>The weighted sum of a row's entries plus the intercept.</summary>
    /// <param name="row">Of the table.</param>
    /// <param name="weights">[width + 1]; the intercept last.</param>
    public double Dot(int row, ReadOnlySpan<double> weights)
    {
        var sum = weights[Width] + RowMath.Dot(ValuesOf(row), weights);
        var columns = ColumnsOf(row);
        var entries = EntriesOf(row);
        for (var e = 0; e < columns.Length; e++)
        {
            sum += weights[columns[e]] * entries[e];
        }

        return sum;
    }

    /// <summary>Adds a multiple of a row, the intercept's 1 included, to a vector.</summary>
    /// <param name="sums">[width + 1].</param>
    /// <param name="row">Of the table.</param>
    /// <param name="factor">The multiple.</param>
    public void AddTo(Span<double> sums, int row, double factor)
    {
        RowMath.AddScaled(sums, ValuesOf(row), factor);
        var columns = ColumnsOf(row);
        var entries = EntriesOf(row);
        for (var e = 0; e < columns.Length; e++)
        {
            sums[columns[e]] += factor * entries[e];
        }

        sums[Width] += factor;
    }
}
