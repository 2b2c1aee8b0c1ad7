using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>
/// Search for the best configuration of any function, without a dataset: ask for a proposal, try it, tell the score.
/// <example><code>
/// var space = new SearchSpace(new FloatParameter("x", -5, 10), new FloatParameter("rate", 0.001, 1, Scale.Log));
/// var search = new AskTell(space, SamplerCatalog.Get("cma-es"), minimize: true, new Seed(7), planned: 100);
/// while (search.Ask() is { } proposal)
/// {
///     var x = proposal.Configuration.Number("x", 0);
///     var rate = proposal.Configuration.Number("rate", 1);
///     search.Tell(proposal.Number, (x - 3) * (x - 3) + Math.Abs(Math.Log10(rate / 0.1)));
/// }
///
/// Console.WriteLine(search.Best!.Proposal.Configuration);
/// </code></example>
/// <para>Proposal n depends only on what was told about numbers below n - lag, so several may be tried at once, and the proposals are the same in whatever order they are told; where one is tried
/// at a time, a lag of 0 lets each learn from all before it. Stages are several of these, each with a smaller <see cref="Hypercube"/> and the best points so far.</para>
/// <threadsafety>All members may be called from many threads at once.</threadsafety>
/// </summary>
public sealed class AskTell
{
    private readonly Lock _gate = new();
    private readonly NewProposals _proposals;
    private readonly SamplerRequest _template;
    private readonly bool _minimize;
    private readonly string _trainer;
    private readonly int _lag;
    private readonly List<Proposal> _asked = [];
    private readonly List<double[]> _points = [];
    private readonly List<Observation?> _told = [];
    private readonly List<Observation> _visible = [];
    private readonly Dictionary<Configuration, int> _tried = [];
    private ScoredProposal? _best;

    /// <param name="space">What may be varied.</param>
    /// <param name="sampler">An instance of its own; it is used by this object alone.</param>
    /// <param name="minimize">Whether less is better.</param>
    /// <param name="seed">The same seed gives the same proposals.</param>
    /// <param name="planned">How many proposals there will be; after them <see cref="Ask"/> answers null. Null: no end but the sampler's own.</param>
    /// <param name="box">The part of the space to stay in. <value>Null: all of it.</value></param>
    /// <param name="start">[points][dimensions] the best points known, best first. <value>Null: none.</value></param>
    /// <param name="trainer">The name that configurations carry. <value>function</value></param>
    /// <param name="lag">How many of the latest proposals one does not wait for: from 0, which learns from all before it, to as many as the sampler is content not to see. <value>Null: so many, <see cref="ISampler.Lag"/>.</value></param>
    /// <exception cref="ArgumentException">The box or a start point belongs to another space.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="planned"/> or <paramref name="lag"/> is negative, or the lag larger than the sampler's.</exception>
    public AskTell(SearchSpace space, ISampler sampler, bool minimize, Seed seed, int? planned = null, Hypercube? box = null, IReadOnlyList<double[]>? start = null, string trainer = "function", int? lag = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(planned ?? 0, nameof(planned));
        ArgumentOutOfRangeException.ThrowIfNegative(lag ?? 0, nameof(lag));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lag ?? 0, sampler.Lag, nameof(lag));
        if (box is not null && box.Space != space)
        {
            throw new ArgumentException("The box lies in another search space; make it from this one with Hypercube.Whole(space) or HypercubeShrinker.", nameof(box));
        }

        if (start?.FirstOrDefault(p => p.Length != space.Dimensions) is { } wrong)
        {
            throw new ArgumentException($"A start point has {wrong.Length} coordinates; the space has {space.Dimensions}.", nameof(start));
        }

        (_proposals, _minimize, _trainer, _lag) = (new NewProposals(sampler), minimize, trainer, lag ?? sampler.Lag);
        _template = new SamplerRequest(space, box ?? Hypercube.Whole(space), SearchHistory.Empty, 0, 0, planned, start ?? [], seed);
    }

    /// <summary>The best told so far (the earlier number when scores are equal), or null.</summary>
    public ScoredProposal? Best
    {
        get
        {
            lock (_gate)
            {
                return _best;
            }
        }
    }

    /// <summary>What to try next, none of what was asked for before; null when all planned ones were asked for or nothing new is found.</summary>
    /// <exception cref="InvalidOperationException">A proposal that this one depends on was not told yet.</exception>
    public Proposal? Ask()
    {
        lock (_gate)
        {
            var number = _asked.Count;
            if (number >= _template.Planned)
            {
                return null;
            }

            var needed = (int)Math.Max(0, number - (long)_lag);
            for (var i = _visible.Count; i < needed; i++)
            {
                _visible.Add(_told[i] ?? throw new InvalidOperationException(
                    $"Proposal {number} depends on number {i}, which was not told yet: '{_proposals.Sampler.Id}' waits for every number below {needed} (the lag is {_lag}). Call Tell({i}, score) or TellFailed({i}) first."));
            }

            var request = _template with { History = new SearchHistory(_visible[..needed]), UnderWay = _points[needed..] };
            if (_proposals.Next(request, p => _template.Space.FromUnit(_trainer, p), _tried.ContainsKey, c => _tried[c] < needed ? _visible[_tried[c]] : null) is not var (point, configuration))
            {
                return null;
            }

            // the caller gets a copy that it may write to
            var proposal = new Proposal(number, configuration, [.. point]);
            _tried.Add(configuration, number);
            _points.Add(point);
            _asked.Add(proposal);
            _told.Add(null);
            return proposal;
        }
    }

    /// <summary>Tells the score of a proposal.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="score">A number; infinities count as failures for the sampler but may be the best.</param>
    /// <exception cref="ArgumentException">The score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No proposal has this number.</exception>
    /// <exception cref="InvalidOperationException">It was told before.</exception>
    public void Tell(int number, double score)
    {
        if (double.IsNaN(score))
        {
            throw new ArgumentException($"The score of proposal {number} is NaN; call TellFailed({number}) when it has none.", nameof(score));
        }

        lock (_gate)
        {
            Store(number, _minimize ? score : -score, ObservationStatus.Completed);
            if (_best is null || (score == _best.Score ? number < _best.Proposal.Number : score < _best.Score == _minimize))
            {
                _best = new ScoredProposal(_asked[number], score);
            }
        }
    }

    /// <summary>Tells that a proposal has no score: worse than any.</summary>
    /// <param name="number">Its number.</param>
    /// <exception cref="ArgumentOutOfRangeException">No proposal has this number.</exception>
    /// <exception cref="InvalidOperationException">It was told before.</exception>
    public void TellFailed(int number)
    {
        lock (_gate)
        {
            Store(number, double.NaN, ObservationStatus.Failed);
        }
    }

    private void Store(int number, double loss, ObservationStatus status)
    {
        if (number < 0 || number >= _asked.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(number), $"No proposal has number {number}; {_asked.Count} were asked for.");
        }

        if (_told[number] is not null)
        {
            throw new InvalidOperationException($"Proposal {number} was told before; each is told once.");
        }

        _told[number] = new Observation(number, 0, _points[number], loss, status, 1, 1);
    }
}
