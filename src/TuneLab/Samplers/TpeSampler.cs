using TuneLab.Samplers.Tpe;

namespace TuneLab.Samplers;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra et al. 2011, Algorithms for hyper-parameter optimization), multivariate and aware of conditions (Watanabe 2023): one density of the better trials, one of the others;
/// of the points drawn from the first, the one where it exceeds the second most.
/// <para>The better ones are the best tenth, at most 25; pruned trials rank behind completed ones, failed ones last. It learns from all trials of the largest fidelity that has <see cref="FirstPoints"/> of them
/// inside the box, whatever pass they come from; before that it draws from a scrambled Sobol sequence. Points that were tried are not drawn again while others are found. Discrete
/// numbers are scored by the density in the middle of their cell, with kernels no narrower than half a cell, instead of by its integral; of the worse trials it looks at 1,000 at most, evenly by rank.</para>
/// </summary>
public sealed class TpeSampler : ISampler
{
    /// <summary>How many trials it must have seen before it learns from them.</summary>
    public const int FirstPoints = 10;

    private const int Candidates = 24;
    private const int MostGood = 25;
    private const int MostBad = 1000;

    private BoxHistory? _history;
    private BoxSpace? _space;

    // memo: the trials to learn from, best first
    private readonly List<BoxTrial> _ranked = [];
    private IReadOnlyList<BoxTrial>? _seen;

    /// <inheritdoc/>
    public string Id => "tpe";

    /// <inheritdoc/>
    /// <remarks>Two: trials that are not seen yet cost it evaluations, and with the folds of each, three trials keep several cores busy.</remarks>
    public int Lag => 2;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        if (_history is null || !ReferenceEquals(_history.Space.Coordinates.Box, request.Box))
        {
            _space = new BoxSpace(new BoxCoordinates(request.Box));
            (_history, _seen) = (new BoxHistory(_space), null);
        }

        _history.Follow(request.History);
        Rank(_history.Learnable(FirstPoints));
        if (_ranked.Count < FirstPoints)
        {
            return SobolSampler.Point(request, request.Seed.Child("tpe"));
        }

        var good = Math.Min((int)Math.Ceiling(0.1 * _ranked.Count), MostGood);
        var better = Estimator(_ranked.Take(good).Select(t => t.Point));
        var worse = Estimator(Thinned(good).Select(t => t.Point));
        var random = request.Seed.Child("tpe").Child(request.Index).Random();
        var (points, losses) = (new double[Candidates][], new double[Candidates]);
        for (var i = 0; i < Candidates; i++)
        {
            var drawn = better.Draw(random);
            points[i] = _space!.Coordinates.Place(drawn.Numbers, drawn.Choices);
            var point = _space!.Settle(drawn.Numbers, drawn.Choices);
            losses[i] = worse.LogDensity(point) - better.LogDensity(point);
        }

        // the earlier of equal ones first
        Array.Sort([.. losses.Select((loss, i) => (loss, i))], points);
        return Array.Find(points, p => IsNew(p, request)) ?? points[0];
    }

    // keeps what was ranked and puts in its place what is new: completed ones by loss, pruned ones by loss, failed ones; equal ones by number
    private void Rank(IReadOnlyList<BoxTrial> seen)
    {
        if (!ReferenceEquals(seen, _seen))
        {
            _ranked.Clear();
            _seen = seen;
        }

        if (_ranked.Count == 0)
        {
            _ranked.AddRange(seen);
            _ranked.Sort(Compare);
            return;
        }

        for (var i = _ranked.Count; i < seen.Count; i++)
        {
            _ranked.Insert(~_ranked.BinarySearch(seen[i], Comparer<BoxTrial>.Create(Compare)), seen[i]);
        }
    }

    private static int Compare(BoxTrial a, BoxTrial b)
    {
        var rank = a.Rank.CompareTo(b.Rank);
        var loss = rank != 0 || a.Rank == 2 ? rank : a.Trial.Loss.CompareTo(b.Trial.Loss);
        return loss != 0 ? loss : a.Trial.Number.CompareTo(b.Trial.Number);
    }

    private ParzenEstimator Estimator(IEnumerable<BoxPoint> points) => new([.. points], _space!.Steps, _space.Counts);

    // all but the good ones, or some of them, evenly by rank
    private IEnumerable<BoxTrial> Thinned(int good)
    {
        var bad = _ranked.Count - good;
        return Enumerable.Range(0, Math.Min(bad, MostBad)).Select(i => _ranked[good + (int)((long)i * bad / Math.Min(bad, MostBad))]);
    }

    private bool IsNew(double[] point, SamplerRequest request)
    {
        var configuration = request.Space.FromUnit("", point);
        return !_history!.WasTried(configuration, request) && !request.UnderWay.Any(p => request.Space.FromUnit("", p).Equals(configuration));
    }
}
