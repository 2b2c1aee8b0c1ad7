using TuneLab.Randomness;

namespace TuneLab.Samplers.Gp;

/// <summary>What a history comes to: parameters fitted to its first trials, and a model that takes in those after them. A memo; not thread-safe.</summary>
internal sealed class GpSituation
{
    private const int MostNew = 50;
    private const int MostUnderWay = 32;
    private const int Centers = 3;

    private readonly BoxSpace _space;
    private readonly IReadOnlyList<BoxTrial> _trials;
    private readonly int _stage;
    private readonly int _fitted;
    private readonly List<BoxTrial> _kept = [];
    private readonly GpKernel _kernel;
    private readonly GpModel _model;
    private int _taken;

    /// <param name="space">Where the trials lie.</param>
    /// <param name="trials">All to learn from, in their order.</param>
    /// <param name="stage">The pass that searches.</param>
    /// <param name="region">The region after the first so many of them.</param>
    public GpSituation(BoxSpace space, IReadOnlyList<BoxTrial> trials, int stage, Func<IEnumerable<BoxTrial>, TrustRegion> region)
    {
        (_space, _trials, _stage, _fitted) = (space, trials, stage, Fitted(trials.Count));
        _taken = _fitted;
        BoxTrial[] first = [.. trials.Take(_fitted)];
        var best = region(first.Where(t => t.Trial.Stage == stage)).Best ?? first.OrderBy(t => t.Rank).ThenBy(t => t.Trial.Loss).First();
        _kept.AddRange(Nearest(first, best, GaussianProcessSampler.MostKept));

        var sample = Nearest(first, best, GaussianProcessSampler.MostFitted);
        _kernel = new GpKernel(space, GpFit.Of(space, Array.ConvertAll(sample, t => t.Point), Targets(sample)));
        _model = new GpModel(space, _kernel, _kept.Count + MostNew + MostUnderWay);
        _kept.ForEach(k => _model.Add(k.Point));
    }

    /// <summary>Whether the parameters are those for that many trials.</summary>
    public bool Serves(IReadOnlyList<BoxTrial> trials, int stage) => ReferenceEquals(trials, _trials) && stage == _stage && Fitted(trials.Count) == _fitted;

    /// <summary>Points to try next, best first.</summary>
    /// <param name="region">The trust region now.</param>
    /// <param name="underWay">Points whose losses are not known yet.</param>
    /// <param name="random">Any.</param>
    public IEnumerable<BoxPoint> Search(TrustRegion region, IEnumerable<double[]> underWay, SeededRandom random)
    {
        for (; _taken < _trials.Count; _taken++)
        {
            _kept.Add(_trials[_taken]);
            _model.Add(_kept[^1].Point);
        }

        var means = _model.Learn(Targets(_kept));
        var first = region.Restarts == 0 ? null : _trials.Where(t => t.Trial.Stage == _stage).ElementAtOrDefault(region.First);
        var order = Enumerable.Range(0, means.Length)
            .OrderBy(i => first is not null && (_kept[i].Trial.Stage != _stage || _kept[i].Trial.Number < first.Trial.Number)).ThenBy(i => _kept[i].Rank).ThenBy(i => means[i]).ToArray();
        var least = means[order[0]];
        try
        {
            foreach (var point in underWay.TakeLast(MostUnderWay).Select(_space.Of))
            {
                least = Math.Min(least, _model.At(point).Mean);
                _model.AddUnderWay(point);
            }

            return new AcquisitionSearch(_space, _kernel, _model, least, [.. order.Take(Centers).Select(i => _kept[i].Point)], region.Length, random).Points();
        }
        finally
        {
            _model.Cut(_kept.Count);
        }
    }

    // 2, 3, 4, ..., and from 20 on each a tenth more than the one before, but not more than MostNew
    private static int Fitted(int count)
    {
        var size = Math.Min(2, count);
        while (size + Math.Clamp(size / 10, 1, MostNew) is var next && next <= count)
        {
            size = next;
        }

        return size;
    }

    // a third of them the best, the others those nearest to one of them; in their order
    private static BoxTrial[] Nearest(BoxTrial[] trials, BoxTrial center, int most)
    {
        if (trials.Length <= most)
        {
            return trials;
        }

        BoxTrial[] ranked = [.. trials.OrderBy(t => t.Rank).ThenBy(t => t.Trial.Loss)];
        var best = ranked[..(most / 3)];
        return [.. best.Concat(ranked[(most / 3)..].OrderBy(t => Distance(t.Point, center.Point)).Take(most - best.Length)).OrderBy(t => t.Trial.Number)];
    }

    private static double Distance(BoxPoint a, BoxPoint b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Numbers.Length; i++)
        {
            var difference = BoxSpace.Known(a.Numbers[i]) - BoxSpace.Known(b.Numbers[i]);
            sum += difference * difference;
        }

        return sum + a.Choices.Where((c, i) => c != b.Choices[i]).Count();
    }

    // a failed trial is as bad as the worst seen, a pruned one no better than the median
    private static double[] Targets(IReadOnlyList<BoxTrial> trials)
    {
        double[] completed = [.. trials.Where(t => t.Rank == 0).Select(t => t.Trial.Loss).Order()];
        var median = completed.Length > 0 ? completed[completed.Length / 2] : double.NegativeInfinity;
        var scored = trials.Where(t => t.Rank < 2).Select(t => t.Trial.Loss).ToArray();
        var worst = scored.Length > 0 ? Math.Max(scored.Max(), median) : 0;
        return OutputWarp.Of([.. trials.Select(t => t.Rank switch { 0 => t.Trial.Loss, 1 => Math.Max(t.Trial.Loss, median), _ => worst })]);
    }
}
