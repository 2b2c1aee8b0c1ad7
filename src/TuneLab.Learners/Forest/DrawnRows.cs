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

    /// <summary>How many rows a tree draws, the same one several times perhaps.</summary>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="rows">How many there are to draw from.</param>
    public static int Draws(ForestOptions options, int rows) => Math.Max(1, (int)Math.Round(options.RowFraction * rows));

    /// <summary>Draws anew.</summary>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="random">The tree's own generator, not used before.</param>
    public void Draw(ForestOptions options, SeededRandom random)
    {
        var (all, draws) = (_times.Length, Draws(options, _times.Length));
        if (options.Replace)
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
