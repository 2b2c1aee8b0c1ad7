namespace TuneLab.Learners.Linear;

/// <summary>The rows of a table as a linear model sees them: numbers, then 0/1 columns of which only the ones are kept. Read-only and shared.</summary>
/// <param name="Numbers">How many columns of numbers.</param>
/// <param name="Width">How many columns in all, the intercept not counted.</param>
/// <param name="Values">[rows x numbers], row-major.</param>
/// <param name="Starts">[rows + 1]: where each row's ones begin in <paramref name="Ones"/>.</param>
/// <param name="Ones">Columns from <paramref name="Numbers"/> to <paramref name="Width"/> - 1 that are 1, row after row.</param>
internal sealed record DesignMatrix(int Numbers, int Width, float[] Values, int[] Starts, int[] Ones)
{
    /// <summary>How many entries of a row are not zero, on average.</summary>
    public double Density => Numbers + (Starts.Length > 1 ? (double)Ones.Length / (Starts.Length - 1) : 0);

    public ReadOnlySpan<float> ValuesOf(int row) => Values.AsSpan(row * Numbers, Numbers);

    public ReadOnlySpan<int> OnesOf(int row) => Ones.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>The weighted sum of a row's entries plus the intercept.</summary>
    /// <param name="row">Of the table.</param>
    /// <param name="weights">[width + 1]; the intercept last.</param>
    public double Dot(int row, ReadOnlySpan<double> weights)
    {
        var sum = weights[Width] + RowMath.Dot(ValuesOf(row), weights);
        foreach (var column in OnesOf(row))
        {
            sum += weights[column];
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
        foreach (var column in OnesOf(row))
        {
            sums[column] += factor;
        }

        sums[Width] += factor;
    }
}
