namespace TuneLab.Samplers.Turns;

/// <summary>A finished trial as far as it bears on whose turn it is.</summary>
/// <param name="Loss">Less is better; NaN when it failed.</param>
/// <param name="Cost">What it took, in whatever the budget is counted in.</param>
internal readonly record struct Outlay(double Loss, double Cost)
{
    /// <summary>Whether it has a loss.</summary>
    public bool Succeeded => !double.IsNaN(Loss);
}

/// <summary>
/// The estimated cost for improvement of a learner: ECI of Wang, Wu, Weimer and Zhu 2021 (FLAML, section 4.2), with K0 what it has cost so far, K1 and K2 what it had cost when its best and its
/// second best were found, and delta the difference of these two. A learner behind the best must first catch up at the pace of its last gain.
/// <para>Where we differ: there is no larger sample to move to within a pass. A learner with a single success has no pace yet: it is taken to be a tenth of the one that led from the worst first
/// success of all learners to its own, since a default is a good configuration already.</para>
/// </summary>
internal static class ImprovementCost
{
    private const double FirstPace = 0.1;
    private const double EvenShare = 0.1;

    /// <summary>The odds of several learners to be next: the inverse of their costs. A part is shared out evenly, so that none is starved for good.</summary>
    /// <param name="learners">[learners][trials] in their order. Those in a group with the same key are compared with each other: losses of different fidelities are no match.</param>
    /// <returns>[learners]; their sum is 1.</returns>
    public static double[] Odds(IReadOnlyList<(double Key, Outlay[] Trials)> learners)
    {
        double[] weights = [.. learners.Select(l => 1 / Of(l.Trials, [.. learners.Where(o => o.Key == l.Key).Select(o => o.Trials)]))];

        // nothing is known of a learner without a success: it stands in the middle
        var middle = weights.Where(w => !double.IsNaN(w)).DefaultIfEmpty(1).Average();
        weights = Array.ConvertAll(weights, w => double.IsNaN(w) ? middle : w);
        var sum = weights.Sum();
        return Array.ConvertAll(weights, w => (EvenShare + (1 - EvenShare) * (sum > 0 ? w * weights.Length / sum : 1)) / weights.Length);
    }

    /// <summary>Which of several is drawn.</summary>
    /// <param name="odds">Their sum is 1.</param>
    /// <param name="drawn">In [0, 1).</param>
    public static int Draw(double[] odds, double drawn)
    {
        var i = 0;
        while (i < odds.Length - 1 && (drawn -= odds[i]) >= 0)
        {
            i++;
        }

        return i;
    }

    /// <summary>The estimate: above 0, infinite where no pace leads to the best, NaN without a success.</summary>
    /// <param name="trials">Those of the learner, in their order; each has a cost above 0.</param>
    /// <param name="peers">Those of all learners that it is compared with, its own among them.</param>
    internal static double Of(IEnumerable<Outlay> trials, IReadOnlyList<Outlay[]> peers)
    {
        var (k0, k1, k2) = (0.0, 0.0, 0.0);
        var (own, second, successes) = (double.NaN, double.NaN, 0);
        foreach (var trial in trials)
        {
            k0 += trial.Cost;
            if (!trial.Succeeded || trial.Loss >= own)
            {
                continue;
            }

            (k2, k1, successes) = (k1, k0, successes + 1);
            (second, own) = (own, trial.Loss);
        }

        if (successes == 0)
        {
            return double.NaN;
        }

        var next = Math.Max(k0 - k1, k1 - k2);
        var behind = own - peers.Min(p => p.Where(t => t.Succeeded).Select(t => t.Loss).DefaultIfEmpty(double.PositiveInfinity).Min());
        var gain = successes > 1 ? second - own : FirstPace * (peers.Max(p => p.FirstOrDefault(t => t.Succeeded, new Outlay(double.NegativeInfinity, 0)).Loss) - own);
        return behind <= 0 ? next : Math.Max(next, behind * (k0 - k2) / Math.Max(0, gain));
    }
}
