using TuneLab.Samplers.Gp;
using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>
/// A Gaussian process with expected improvement (Jones, Schonlau, Welch 1998) in a trust region around the best point (TuRBO, Eriksson et al. 2019).
/// <para><b>Model.</b> Matern 5/2 with a length for each coordinate, noise, warped inputs (Kumaraswamy) and warped losses (<see cref="OutputWarp"/>; HEBO, Cowen-Rivers et al. 2022), fitted when the
/// trials have grown by a tenth (by 50 at most) to <see cref="MostFitted"/> of them; conditioned on <see cref="MostKept"/> at most, a third of them the best and the others those nearest to the best,
/// and on all that came after. Choices are one-hot, discrete numbers in the middle of their cell, inactive parameters at a constant.
/// A failed trial is as bad as the worst seen; a pruned one has its loss, but is no better than the median.</para>
/// <para><b>Search.</b> It learns from all trials of the largest fidelity that has enough inside the box, whatever pass they come from. Before that: <see cref="SamplerRequest.Start"/>[0] or else the middle, then a
/// scrambled Sobol sequence; a trust region that is exhausted begins again there. Trials under way count as what the model predicts for them. The trust region follows from
/// replaying the pass. Never proposes what was tried: when nothing else is left it ends.</para>
/// <para>Differences from TuRBO: one region at a time; the model keeps what other regions have seen; expected improvement over the least mean (so that one lucky trial does not mislead), with a deviation
/// 1.3 times the model's, instead of Thompson sampling. Does not model cost.</para>
/// </summary>
public sealed class GaussianProcessSampler : ISampler
{
    /// <summary>How many trials the parameters are fitted to, at most.</summary>
    public const int MostFitted = 128;

    /// <summary>How many trials the model keeps when it is fitted, at most.</summary>
    public const int MostKept = 256;

    private const int Enough = 2;

    // a model learns from few trials too, in many dimensions as well; but it has to have seen each value of each choice, about
    private const int LeastDesign = 6;
    private const long MostListed = 100_000;
    private const int Redraws = 300;

    private BoxHistory? _history;
    private BoxSpace? _space;
    private GpSituation? _situation;

    /// <inheritdoc/>
    public string Id => "gp";

    /// <inheritdoc/>
    /// <remarks>Two, as for <c>tpe</c>.</remarks>
    public int Lag => 2;

    /// <inheritdoc/>
    public bool FindsItsRegion => true;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        if (_history is null || !ReferenceEquals(_history.Space.Coordinates.Box, request.Box))
        {
            _space = new BoxSpace(new BoxCoordinates(request.Box));
            (_history, _situation) = (new BoxHistory(_space), null);
        }

        _history.Follow(request.History);
        var fresh = new HashSet<Configuration>(request.UnderWay.Select(p => request.Space.FromUnit("", p)));
        bool IsNew(double[] point) => request.Space.FromUnit("", point) is var configuration && !fresh.Contains(configuration) && !_history.WasTried(configuration, request);
        return Candidates(request).FirstOrDefault(IsNew) ?? Drawn(request).FirstOrDefault(IsNew) ?? Listed(request.Box).FirstOrDefault(IsNew);
    }

    private IEnumerable<double[]> Candidates(SamplerRequest request)
    {
        var design = Math.Max(LeastDesign, _space!.Counts.Sum());
        var trials = _history!.Learnable(Enough);
        var own = trials.Where(t => t.Trial.Stage == request.Stage).ToArray();
        TrustRegion Replay(IEnumerable<BoxTrial> own) => TrustRegion.Of(own, _space.Dimensions, design, Lag);
        var region = Replay(own);
        var known = (region.Restarts == 0 ? trials.Count : own.Length - region.First) + request.UnderWay.Count;
        if (known < design || trials.Count < Enough)
        {
            return request.Index > 0 ? [] : request.Start.Count > 0 ? [request.Box.Place(request.Box.Relative(request.Start[0]))] : [_space.Place(_space.Settle([.. Enumerable.Repeat(0.5, _space.Numbers)], new int[_space.Counts.Length]))];
        }

        if (_space.Dimensions == 0)
        {
            return [];
        }

        if (_situation is null || !_situation.Serves(trials, request.Stage))
        {
            _situation = new GpSituation(_space, trials, request.Stage, Replay);
        }

        return _situation.Search(region, request.UnderWay, request.Seed.Child("gp").Child(request.Index).Random()).Select(_space.Place);
    }

    private static IEnumerable<double[]> Drawn(SamplerRequest request)
    {
        var seed = request.Seed.Child("gp");
        yield return SobolSampler.Point(request, seed);
        var random = seed.Child("drawn").Child(request.Index).Random();
        for (var i = 0; i < Redraws; i++)
        {
            var relative = new double[request.Space.Dimensions];
            for (var k = 0; k < relative.Length; k++)
            {
                relative[k] = random.NextDouble();
            }

            yield return request.Box.Place(relative);
        }
    }

    // every point of a small box whose coordinates are all discrete
    private static IEnumerable<double[]> Listed(Hypercube box)
    {
        var counts = Enumerable.Range(0, box.Space.Dimensions).Select(i => BoxAxis.Count(box, i) ?? long.MaxValue).ToArray();
        if (counts.Aggregate(1.0, (product, count) => product * count) > MostListed)
        {
            yield break;
        }

        var levels = new int[counts.Length];
        while (true)
        {
            yield return [.. levels.Select((level, i) => BoxAxis.Level(box, i, level, (int)counts[i]))];
            var axis = 0;
            while (axis < levels.Length && ++levels[axis] == counts[axis])
            {
                levels[axis++] = 0;
            }

            if (axis == levels.Length)
            {
                yield break;
            }
        }
    }
}
