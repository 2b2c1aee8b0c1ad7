using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Samplers.Local;

/// <summary>
/// A local method as the proposals of one stage pass. Proposal n follows from the results of this run's proposals before n - lag, whatever else is in the history: it is replayed from them. Points that are known are
/// not asked for again; of those still under way the method's guess is taken, so that the next ones can be proposed.
/// <para>It begins at <see cref="SamplerRequest.Start"/>[0], else in the middle. A method that has converged begins again, in turns around the best point at half the size, in case it had not, and at the next point of a
/// scrambled Sobol sequence. Choices stay while a method runs; every <see cref="ChoiceEvery"/>th proposal is the best point with another choice, and where that is better the method goes on.</para>
/// </summary>
internal sealed class LocalRun
{
    private const int ChoiceEvery = 6;

    // beginnings and steps that need no new point, and points of the Sobol sequence that are not new: what follows in a space that has few
    private const int MostSteps = 500;

    private readonly SamplerRequest _request;
    private readonly Seed _seed;
    private readonly int _lag;
    private readonly Func<LocalFrame, double, ILocalSearch> _begin;
    private readonly BoxCoordinates _box;
    private readonly List<(double[] Point, Configuration Configuration)> _proposed = [];
    private readonly List<Observation> _seen = [];
    private readonly Dictionary<Configuration, LocalScore> _results = [];
    private readonly HashSet<Configuration> _missed = [];
    private readonly Dictionary<Configuration, LocalScore> _known = [];
    private readonly Dictionary<int, (double[] Point, Configuration Configuration)> _sobol = [];
    private (double[] Point, LocalScore Score)? _best;
    private Session _session;

    /// <param name="request">Its fixed part counts.</param>
    /// <param name="seed">Of all that is drawn.</param>
    /// <param name="lag">How many proposals before one it does not see.</param>
    /// <param name="begin">Makes the method's state at a frame's start; the second argument is the size in (0, 1].</param>
    public LocalRun(SamplerRequest request, Seed seed, int lag, Func<LocalFrame, double, ILocalSearch> begin)
    {
        (_request, _seed, _lag, _begin, _box) = (request, seed, lag, begin, new BoxCoordinates(request.Box));
        _session = At(request.Start.Count > 0 ? request.Start[0] : _box.Place([.. _box.Numbers.Select(_ => 0.5)], new int[_box.Choices.Length]), 1, 0);
    }

    /// <summary>Whether a request continues this run: a later proposal of the same pass, on a history that begins with the one seen so far.</summary>
    public bool Continues(SamplerRequest request, IReadOnlyList<Observation> seen)
    {
        if (request.Seed != _request.Seed || request.Stage != _request.Stage || !ReferenceEquals(request.Box, _request.Box) || !ReferenceEquals(request.Start, _request.Start)
            || request.Index < _proposed.Count || seen.Count < _seen.Count)
        {
            return false;
        }

        for (var i = 0; i < _seen.Count; i++)
        {
            if (seen[i] != _seen[i])
            {
                return false;
            }
        }

        return seen.Skip(_seen.Count).All(o => !_missed.Contains(Of(o.Point)));
    }

    /// <summary>The proposal of a request that continues the run.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="seen">This pass's observations.</param>
    public double[] Propose(int index, IReadOnlyList<Observation> seen)
    {
        foreach (var observation in seen.Skip(_seen.Count))
        {
            _seen.Add(observation);
            _results.TryAdd(Of(observation.Point), LocalScore.Of(observation));
        }

        while (_proposed.Count <= index)
        {
            if (_proposed.Count > _lag)
            {
                Learn(_proposed[_proposed.Count - _lag - 1]);
            }

            var point = Next();
            _proposed.Add((point, Of(point)));
        }

        return [.. _proposed[index].Point];
    }

    private void Learn((double[] Point, Configuration Configuration) proposal)
    {
        if (!_results.TryGetValue(proposal.Configuration, out var score))
        {
            // the history is not that of these proposals
            _missed.Add(proposal.Configuration);
            score = LocalScore.Failed;
        }

        _known.TryAdd(proposal.Configuration, score);
        if (score.Rank < 2 && (_best is null || score < _best.Value.Score))
        {
            _best = (proposal.Point, score);
            if (!_session.Frame.Holds(proposal.Point))
            {
                _session = At(proposal.Point, 0.5, _session.Restarts);
            }
        }

        _session = Walk(_session, []).Session;
    }

    private double[] Next()
    {
        HashSet<Configuration> pending = [.. _proposed.Skip(_proposed.Count - _lag).Select(p => p.Configuration)];
        return (_proposed.Count % ChoiceEvery == ChoiceEvery - 1 ? OtherChoice(pending) : null) ?? Walk(_session, pending).Point ?? Elsewhere(pending);
    }

    // as far as known scores, and guesses of pending ones, go: the first point that is neither
    private (Session Session, double[]? Point) Walk(Session session, HashSet<Configuration> pending)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var wanted = session.Search.Wanted;
            var scores = new List<LocalScore>(wanted.Count);
            foreach (var x in wanted)
            {
                var point = session.Frame.Place(x);
                var configuration = Of(point);
                if (_known.TryGetValue(configuration, out var score))
                {
                    scores.Add(score);
                }
                else if (pending.Contains(configuration))
                {
                    scores.Add(session.Search.Guess(scores.Count));
                }
                else
                {
                    return (session, point);
                }
            }

            session = wanted.Count > 0 ? session with { Search = session.Search.After(scores) } : Again(session);
        }

        return (session, null);
    }

    private Session Again(Session ended)
        => ended.Restarts % 2 == 0 && _best is { } best ? At(best.Point, 0.5, ended.Restarts + 1) : At(Sobol(ended.Restarts).Point, 1, ended.Restarts + 1);

    private double[]? OtherChoice(HashSet<Configuration> pending)
    {
        if (_best is not { } best)
        {
            return null;
        }

        var choices = _box.ChoicesOf(best.Point);
        (int Choice, int Value)[] others = [.. Enumerable.Range(0, choices.Length).Where(c => choices[c] >= 0)
            .SelectMany(c => Enumerable.Range(0, _box.CountOf(c)).Where(v => v != choices[c]).Select(v => (c, v)))];
        _seed.Child("choice").Child(_proposed.Count).Random().Shuffle(others.AsSpan());
        double[] numbers = [.. _box.Relative(best.Point).Select(x => double.IsNaN(x) ? 0.5 : x)];
        return others.Select(o => _box.Place(numbers, [.. choices.Select((c, i) => i == o.Choice ? o.Value : Math.Max(0, c))]))
            .FirstOrDefault(p => IsNew(Of(p), pending));
    }

    private Session At(double[] point, double size, int restarts)
    {
        var frame = new LocalFrame(_box, point);
        return new Session(frame, _begin(frame, size), restarts);
    }

    private double[] Elsewhere(HashSet<Configuration> pending)
        => Enumerable.Range(_proposed.Count, MostSteps).Select(Sobol).Where(p => IsNew(p.Configuration, pending)).Select(p => p.Point).FirstOrDefault() ?? Sobol(_proposed.Count).Point;

    private bool IsNew(Configuration configuration, HashSet<Configuration> pending) => !_known.ContainsKey(configuration) && !pending.Contains(configuration);

    // kept: where a space has been used up, all of them are asked for again for each proposal
    private (double[] Point, Configuration Configuration) Sobol(int index)
    {
        if (!_sobol.TryGetValue(index, out var kept))
        {
            var point = SobolSampler.Point(_request with { Index = index }, _seed.Child("sobol"));
            _sobol[index] = kept = (point, Of(point));
        }

        return kept;
    }

    private Configuration Of(double[] point) => _request.Space.FromUnit("", point);

    private sealed record Session(LocalFrame Frame, ILocalSearch Search, int Restarts);
}
