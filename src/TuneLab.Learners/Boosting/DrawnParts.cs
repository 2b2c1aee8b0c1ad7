using TuneLab.Learners.Binning;
using TuneLab.Randomness;

namespace TuneLab.Learners.Boosting;

/// <summary>Which rows and features each tree may use: functions of the seed and the number of the round or tree alone, so that steps and restarts don't matter.</summary>
internal sealed class DrawnParts
{
    private readonly BoostingOptions _options;
    private readonly int[] _splittable;
    private readonly int _rows;
    private readonly Seed _seed;

    public DrawnParts(BoostingOptions options, FeatureBins[] features, int rows, Seed seed)
    {
        (_options, _rows, _seed) = (options, rows, seed);
        _splittable = [.. Enumerable.Range(0, features.Length).Where(f => features[f].Splittable)];
    }

    /// <summary>The rows of a round, ascending; null: all.</summary>
    public int[]? Rows(int round)
        => _options.BaggingFraction >= 1 ? null : Draw(_rows, _options.BaggingFraction, _seed.Child("rows").Child(round));

    /// <summary>All rows, in a new array.</summary>
    public int[] All() => [.. Enumerable.Range(0, _rows)];

    /// <summary>The rows that are not among those of a round, ascending.</summary>
    /// <param name="drawn">Those of the round, ascending.</param>
    public int[] Others(int[] drawn)
    {
        var others = new int[_rows - drawn.Length];
        for (int row = 0, next = 0; row < _rows; row++)
        {
            if (next < drawn.Length && drawn[next] == row)
            {
                next++;
            }
            else
            {
                others[row - next] = row;
            }
        }

        return others;
    }

    /// <summary>The features of a tree, ascending.</summary>
    public int[] Features(int tree)
        => _options.FeatureFraction >= 1 ? _splittable : Array.ConvertAll(Draw(_splittable.Length, _options.FeatureFraction, _seed.Child("features").Child(tree)), i => _splittable[i]);

    /// <summary>The seed of a tree's random splits.</summary>
    public Seed TreeSeed(int tree) => _seed.Child("splits").Child(tree);

    /// <summary>A share of the numbers below <paramref name="count"/>, at least one, ascending (selection sampling, Knuth 3.4.2).</summary>
    private static int[] Draw(int count, double share, Seed seed)
    {
        var drawn = new int[Math.Min(count, Math.Max(1, (int)Math.Round(share * count)))];
        var random = seed.Random();
        for (int i = 0, taken = 0; taken < drawn.Length; i++)
        {
            if (random.NextInt(count - i) < drawn.Length - taken)
            {
                drawn[taken++] = i;
            }
        }

        return drawn;
    }
}
