using TuneLab.Randomness;

namespace TuneLab.Learners.Forest;

/// <summary>The rows that a tree is grown on, with how often each was drawn. Reused from tree to tree.</summary>
internal sealed class DrawnRows
{
    private readonly int[] _times;
    private readonly int[] _rows;
    private int _count;

    /// <param name="rows">How many there are to draw from.</param>
    public DrawnRows(int rows) => (_times, _rows) = (new int[rows], new int[rows]);

    /// <summary>The distinct rows, ascending.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    /// <summary>How often a row was drawn.</summary>
    public int Times(int row) => _times[row];

    /// <summary>Draws anew.</summary>
    /// <param name="share">How many rows to draw, as a share of all; at least one is.</param>
    /// <param name="replace">Whether a row may be drawn again.</param>
    /// <param name="random">The tree's own generator.</param>
    public void Draw(double share, bool replace, SeededRandom random)
    {
        var (all, draws) = (_times.Length, Math.Max(1, (int)Math.Round(share * _times.Length)));
        if (replace)
        {
            Array.Clear(_times);
            for (var i = 0; i < draws; i++)
            {
                _times[random.NextInt(all)]++;
            }
        }
        else
        {
            for (int i = 0, taken = 0; i < all; i++)
            {
                // selection sampling (Knuth 3.4.2)
                _times[i] = taken < draws && random.NextInt(all - i) < draws - taken ? 1 : 0;
                taken += _times[i];
            }
        }

        _count = 0;
        for (var i = 0; i < all; i++)
        {
            _rows[_count] = i;
            _count += _times[i] > 0 ? 1 : 0;
        }
    }
}
