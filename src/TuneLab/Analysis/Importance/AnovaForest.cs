using TuneLab.Randomness;

namespace TuneLab.Analysis.Importance;

/// <summary>The trees, and how much they foretell.</summary>
/// <param name="Trees">Each on a bootstrap draw of the trials.</param>
/// <param name="Explained">Out-of-bag R²; negative where the trials' mean foretells more.</param>
internal sealed record AnovaForest(IReadOnlyList<AnovaTree> Trees, double Explained)
{
    /// <summary>How many trees.</summary>
    public const int Size = 64;

    private const int LeastInLeaf = 3;
    private const int MostLeaves = 250;

    /// <param name="data">The trials.</param>
    /// <param name="seed">Tree i is grown from its child i.</param>
    public static AnovaForest Grow(AnovaData data, Seed seed)
    {
        var (sums, counts) = (new double[data.Count], new int[data.Count]);
        var trees = new AnovaTree[Size];
        for (var t = 0; t < Size; t++)
        {
            var grower = new AnovaTreeGrower(data, Math.Max(LeastInLeaf, data.Count / MostLeaves), seed.Child(t).Random());
            trees[t] = grower.Grow();
            for (var i = 0; i < data.Count; i++)
            {
                if (grower.Weights[i] == 0)
                {
                    sums[i] += trees[t].Predict(axis => data.Points[axis][i]);
                    counts[i]++;
                }
            }
        }

        int[] unseen = [.. Enumerable.Range(0, data.Count).Where(i => counts[i] > 0)];
        var error = unseen.Sum(i => Math.Pow(data.Scores[i] - sums[i] / counts[i], 2));
        return new AnovaForest(trees, 1 - error / unseen.Sum(i => data.Scores[i] * data.Scores[i]));
    }
}
