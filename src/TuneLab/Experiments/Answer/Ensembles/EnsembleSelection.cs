using TuneLab.Metrics;

namespace TuneLab.Experiments.Answer.Ensembles;

/// <summary>What a selection found.</summary>
/// <param name="Weights">[candidates] of at least 0, together 1.</param>
/// <param name="Score">Of the weighted average: the mean over the folds.</param>
/// <param name="Single">Of the best candidate alone, in the same way.</param>
internal sealed record Selected(double[] Weights, double Score, double Single);

/// <summary>
/// Greedy ensemble selection (Caruana, Niculescu-Mizil, Crew and Ksikes, ICML 2004) on out-of-fold predictions: forward selection with replacement (section 2.1), begun with the best candidates alone as
/// many as do best together (2.2), bagged over subsets of the candidates (2.3). An ensemble predicts the weighted average of its members' predictions.
/// <para><b>Where it differs.</b> An ensemble has at most <see cref="MostMembers"/> members, since each has to be fitted again and predicts with the others: a bag adds no more, of all bags' average the heaviest stay. Where that
/// average does worse than the best candidate alone, what is selected from all candidates at once stands instead, which by its beginning can't. A score is the mean over folds, as a trial's is.</para>
/// Ties go to the candidate that is better alone, then to the lower index; to fewer members. A pure function of candidates and bags.
/// </summary>
/// <param name="metric">What is made best.</param>
/// <param name="folds">The candidates' predictions.</param>
internal sealed class EnsembleSelection(Metric metric, IReadOnlyList<FoldPredictions> folds)
{
    /// <summary>The most members that an ensemble has.</summary>
    public const int MostMembers = 10;

    /// <summary>How many steps a bag's selection has: its members, each as often as it was added, are at most as many.</summary>
    public const int Steps = 20;

    /// <summary>With how many of the best a selection begins at most.</summary>
    public const int MostAtFirst = 5;

    private readonly int _candidates = folds[0].Candidates.Length;

    /// <summary>Selects.</summary>
    /// <param name="bags">[bags][members] indices of candidates; none empty.</param>
    /// <param name="threads">Bags at once; the result does not depend on it.</param>
    /// <param name="cancellation">Ends it between two scores.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Selected Run(IReadOnlyList<int[]> bags, int threads, CancellationToken cancellation)
    {
        var alone = Enumerable.Range(0, _candidates).Select(c => Score(Only(c))).ToArray();
        var rank = Enumerable.Range(0, _candidates).OrderBy(c => alone[c], Comparer<double>.Create(metric.Compare)).ThenBy(c => c).ToArray();
        var single = alone[rank[0]];

        var counts = new int[bags.Count][];
        try
        {
            Parallel.For(0, bags.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation },
                bag => counts[bag] = Select([.. rank.Where(bags[bag].Contains)], cancellation));
        }
        catch (AggregateException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }

        var weights = Heaviest(Average(counts), rank);
        var score = Score(weights);
        if (metric.Compare(score, single) <= 0)
        {
            return new Selected(weights, score, single);
        }

        weights = Shares(Select(rank, cancellation));
        score = Score(weights);
        return metric.Compare(score, single) <= 0 ? new Selected(weights, score, single) : new Selected(Only(rank[0]), single, single); // a gain that was rounding
    }

    /// <summary>The score of a weighted average: the mean over the folds.</summary>
    /// <param name="weights">[candidates], together 1.</param>
    public double Score(double[] weights) => folds.Average(f => metric.Score(f.Blend(weights)));

    private double[] Only(int candidate) => [.. Enumerable.Range(0, _candidates).Select(c => c == candidate ? 1.0 : 0)];

    // how often each candidate of the bag is in; the bag is best first
    private int[] Select(int[] bag, CancellationToken cancellation)
    {
        var (best, bestScore) = Begin(bag, cancellation);
        int[] counts = [.. best];
        var sums = folds.Select(f => new PredictionSum(f, counts)).ToArray();
        for (var size = counts.Sum(); size < Steps; size++)
        {
            var full = counts.Count(c => c > 0) >= MostMembers;
            var (next, nextScore) = (-1, double.NaN);
            foreach (var candidate in bag.Where(c => !full || counts[c] > 0))
            {
                cancellation.ThrowIfCancellationRequested();
                var score = sums.Average(s => s.ScoreWith(metric, candidate));
                if (next < 0 || metric.Compare(score, nextScore) < 0)
                {
                    (next, nextScore) = (candidate, score);
                }
            }

            counts[next]++;
            Array.ForEach(sums, s => s.Add(next));
            if (metric.Compare(nextScore, bestScore) < 0)
            {
                (best, bestScore) = ([.. counts], nextScore);
            }
        }

        return best;
    }

    private (int[] Counts, double Score) Begin(int[] bag, CancellationToken cancellation)
    {
        var counts = new int[_candidates];
        var sums = folds.Select(f => new PredictionSum(f, counts)).ToArray();
        var (best, bestScore) = (Array.Empty<int>(), double.NaN);
        foreach (var candidate in bag.Take(MostAtFirst))
        {
            cancellation.ThrowIfCancellationRequested();
            counts[candidate]++;
            Array.ForEach(sums, s => s.Add(candidate));
            var score = sums.Average(s => s.Score(metric));
            if (best.Length == 0 || metric.Compare(score, bestScore) < 0)
            {
                (best, bestScore) = ([.. counts], score);
            }
        }

        return (best, bestScore);
    }

    private static double[] Shares(int[] counts)
    {
        var size = counts.Sum();
        return Array.ConvertAll(counts, c => (double)c / size);
    }

    // each bag's ensemble counts the same, however large it is
    private double[] Average(int[][] bags)
    {
        var weights = new double[_candidates];
        foreach (var share in bags.Select(Shares))
        {
            for (var c = 0; c < weights.Length; c++)
            {
                weights[c] += share[c] / bags.Length;
            }
        }

        return weights;
    }

    private static double[] Heaviest(double[] weights, int[] rank)
    {
        var kept = rank.OrderByDescending(c => weights[c]).Take(MostMembers).ToHashSet(); // a stable sort: ties to the better one
        var total = kept.Order().Sum(c => weights[c]);
        return [.. weights.Select((w, c) => kept.Contains(c) ? w / total : 0)];
    }
}
