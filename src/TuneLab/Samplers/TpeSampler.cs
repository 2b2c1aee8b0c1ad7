using TuneLab.Samplers.Tpe;
using TuneLab.Space;

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

    // behind every new point
    private const double AlreadyTried = 1e9;

    // memos of pure functions of an observation and the box
    private readonly Dictionary<Observation, Known> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Configuration, List<Observation>> _tried = [];
    private BoxCoordinates? _coordinates;

    /// <inheritdoc/>
    public string Id => "tpe";

    /// <inheritdoc/>
    /// <remarks>Two: trials that are not seen yet cost it evaluations (four: about a quarter more), and with the folds of each, three trials keep several cores busy.</remarks>
    public int Lag => 2;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        if (_coordinates is null || !ReferenceEquals(_coordinates.Box, request.Box))
        {
            _coordinates = new BoxCoordinates(request.Box);
            _known.Clear();
            _tried.Clear();
        }

        var seen = Seen(request);
        if (seen.Count < FirstPoints)
        {
            return SobolSampler.Point(request, request.Seed.Child("tpe"));
        }

        var ranked = Ranked(seen);
        var good = Math.Min((int)Math.Ceiling(0.1 * ranked.Length), MostGood);
        var cells = Array.ConvertAll(_coordinates.Edges, edges => edges is { Length: > 0 } ? 1.0 / (edges.Length + 1) : 0);
        int[] counts = [.. Enumerable.Range(0, _coordinates.Choices.Length).Select(_coordinates.CountOf)];
        var better = new ParzenEstimator([.. ranked[..good].Select(o => Of(o).Point)], cells, counts);
        var worse = new ParzenEstimator([.. Thinned(ranked[good..]).Select(o => Of(o).Point)], cells, counts);

        var random = request.Seed.Child("tpe").Child(request.Index).Random();
        var (best, highest) = ((double[]?)null, double.NegativeInfinity);
        for (var i = 0; i < Candidates; i++)
        {
            var drawn = better.Draw(random);
            var place = _coordinates.Place(drawn.Numbers, drawn.Choices);
            var (point, configuration, _) = Known.Of(_coordinates, place); // with inactive parameters told
            var gain = better.LogDensity(point) - worse.LogDensity(point) - (WasTried(configuration, request.History.Observations) ? AlreadyTried : 0);
            if (gain > highest)
            {
                (best, highest) = (place, gain);
            }
        }

        return best;
    }

    private List<Observation> Seen(SamplerRequest request)
    {
        var inside = request.History.Observations.Where(o => Of(o).Inside).ToList();
        var largest = inside.GroupBy(o => o.Rows).Where(g => g.Count(o => Rank(o) < 2) >= FirstPoints).OrderByDescending(g => g.Key).FirstOrDefault();
        return largest is null ? [] : [.. largest];
    }

    private Known Of(Observation observation)
    {
        if (!_known.TryGetValue(observation, out var known))
        {
            _known.Add(observation, known = Known.Of(_coordinates!, observation.Point));
            if (!_tried.TryGetValue(known.Configuration, out var same))
            {
                _tried.Add(known.Configuration, same = []);
            }

            same.Add(observation);
        }

        return known;
    }

    // an observation that is known may be of another history
    private bool WasTried(Configuration configuration, IReadOnlyList<Observation> history)
        => _tried.TryGetValue(configuration, out var same) && same.Exists(o => ReferenceEquals(At(history, o.Number), o));

    private static Observation? At(IReadOnlyList<Observation> history, int number)
    {
        var (low, high) = (0, history.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (history[middle].Number == number)
            {
                return history[middle];
            }

            (low, high) = history[middle].Number < number ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    // best first: completed ones by loss, pruned ones by loss, failed ones; equal ones by number
    private static Observation[] Ranked(List<Observation> seen)
    {
        var ranked = new List<Observation>(seen.Count);
        foreach (var group in seen.GroupBy(Rank).OrderBy(g => g.Key))
        {
            Observation[] all = [.. group];
            var keys = Array.ConvertAll(all, o => (group.Key == 2 ? 0 : o.Loss, o.Number));
            Array.Sort(keys, all);
            ranked.AddRange(all);
        }

        return [.. ranked];
    }

    private static IEnumerable<Observation> Thinned(Observation[] ranked)
        => ranked.Length <= MostBad ? ranked : Enumerable.Range(0, MostBad).Select(i => ranked[(int)((long)i * ranked.Length / MostBad)]);

    private static int Rank(Observation observation)
        => observation.Status == ObservationStatus.Failed || !double.IsFinite(observation.Loss) ? 2 : observation.Status == ObservationStatus.Pruned ? 1 : 0;

    /// <summary>What is looked up of a point.</summary>
    private sealed record Known(BoxPoint Point, Configuration Configuration, bool Inside)
    {
        public static Known Of(BoxCoordinates coordinates, double[] point)
            => new(new BoxPoint(coordinates.Relative(point), coordinates.ChoicesOf(point)), coordinates.Box.Space.FromUnit("", point), coordinates.Box.Contains(point));
    }
}
