using TuneLab.Randomness;

namespace TuneLab.Experiments.Answer.Ensembles;

/// <summary>Draws the subsets of candidates that a selection is bagged over (Caruana et al. 2004, section 2.3): <see cref="Count"/> of them, each half of the candidates.</summary>
internal static class EnsembleBags
{
    /// <summary>How many bags.</summary>
    public const int Count = 20;

    /// <summary>The part of the candidates that a bag draws.</summary>
    public const double Share = 0.5;

    /// <summary>[bags][drawn] indices without replacement, ascending; at least one each.</summary>
    /// <param name="candidates">How many there are, at least 1.</param>
    /// <param name="seed">Bag i is drawn from its child i.</param>
    public static int[][] Draw(int candidates, Seed seed) => [.. Enumerable.Range(0, Count).Select(bag =>
    {
        int[] all = [.. Enumerable.Range(0, candidates)];
        seed.Child(bag).Random().Shuffle<int>(all);
        return all[..(int)Math.Ceiling(Share * candidates)].Order().ToArray();
    })];
}
