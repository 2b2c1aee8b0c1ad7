using TuneLab.Numerics;

namespace TuneLab.Samplers.Gp;

/// <summary>
/// The lower triangle L of a symmetric positive matrix, L L' = K, made row by row (Cholesky and Banachiewicz), so that a matrix with more rows begins with the same numbers.
/// MathNet's factorisation can't be extended and runs on several threads.
/// </summary>
internal sealed class Cholesky(int capacity)
{
    // below it the row adds nothing that rounding does not swallow
    private const double Least = 1e-10;

    private readonly double[] _rows = new double[capacity * capacity];

    /// <summary>How many rows it has.</summary>
    public int Count { get; private set; }

    /// <summary>Row i of L, up to its diagonal.</summary>
    public ReadOnlySpan<double> Row(int i) => _rows.AsSpan(i * capacity, i + 1);

    /// <summary>The sum of the logarithms of the diagonal: half the logarithm of the determinant.</summary>
    public double LogDiagonal => Enumerable.Range(0, Count).Sum(i => Math.Log(_rows[(i * capacity) + i]));

    /// <summary>Adds a row of K, up to its diagonal.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        var added = _rows.AsSpan(Count * capacity, Count + 1);
        for (var j = 0; j < Count; j++)
        {
            added[j] = (row[j] - Rows.Dot(added[..j], _rows.AsSpan(j * capacity, j))) / _rows[(j * capacity) + j];
        }

        added[Count] = Math.Sqrt(Math.Max(row[Count] - Rows.Dot(added[..Count], added[..Count]), Least));
        Count++;
    }

    /// <summary>Forgets all rows but the first <paramref name="count"/>.</summary>
    public void Cut(int count) => Count = count;

    /// <summary>Replaces b by L^-1 b, from row <paramref name="first"/> on: those before are done.</summary>
    public void Forward(Span<double> b, int first = 0)
    {
        for (var i = first; i < Count; i++)
        {
            b[i] = (b[i] - Rows.Dot(b[..i], _rows.AsSpan(i * capacity, i))) / _rows[(i * capacity) + i];
        }
    }

    /// <summary>Replaces b by L'^-1 b.</summary>
    public void Backward(Span<double> b)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            b[i] /= _rows[(i * capacity) + i];
            Rows.AddTimes(b[..i], _rows.AsSpan(i * capacity, i), -b[i]);
        }
    }

    /// <summary>[rows x rows] K^-1.</summary>
    public double[] Inverse()
    {
        var n = Count;

        // row j of L^-1 transposed, zero before j: column j of L^-1
        var columns = new double[n * n];
        for (var j = 0; j < n; j++)
        {
            var column = columns.AsSpan(j * n, n);
            column[j] = 1 / _rows[(j * capacity) + j];
            for (var i = j + 1; i < n; i++)
            {
                column[i] = -Rows.Dot(column[j..i], _rows.AsSpan((i * capacity) + j, i - j)) / _rows[(i * capacity) + i];
            }
        }

        var inverse = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                inverse[(i * n) + j] = inverse[(j * n) + i] = Rows.Dot(columns.AsSpan((i * n) + i, n - i), columns.AsSpan((j * n) + i, n - i));
            }
        }

        return inverse;
    }
}
