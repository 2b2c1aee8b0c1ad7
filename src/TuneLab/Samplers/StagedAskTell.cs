using TuneLab.Randomness;
using TuneLab.Samplers.Staged;
using TuneLab.Samplers.Turns;
using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>
/// The staged search on any function, without a dataset: the defaults of one or more learners, coarse random search, refinement in two smaller and smaller hypercubes, and a polish by <c>gp</c>; then,
/// while the budget lasts, again from a new start. Learners take turns by their estimated cost for improvement; half of them go into refinement, the best one into the polish.
/// <example><code>
/// var space = new SearchSpace(new FloatParameter("x", -5, 10), new FloatParameter("rate", 0.001, 1, Scale.Log));
/// var start = new Configuration("function", [new("x", 0.0), new("rate", 0.01)]);
/// var search = new StagedAskTell([new StagedLearner(space, start)], minimize: true, new Seed(7), trials: 100);
/// while (search.Ask() is { } proposal)
/// {
///     search.Tell(proposal.Number, Math.Pow(proposal.Configuration.Number("x", 0) - 3, 2));
/// }
/// </code></example>
/// <para>A proposal depends on everything that was told before, so asking and telling alternate. The same seed, budget and scores (and costs, where the budget is one) give the same proposals.</para>
/// <threadsafety>All members may be called from many threads at once.</threadsafety>
/// </summary>
public sealed class StagedAskTell
{
    private const int EnoughToShrink = 4;

    private readonly Lock _gate = new();
    private readonly bool _minimize;
    private readonly Seed _seed;
    private readonly StageShares _shares;
    private readonly Learner[] _learners;
    private readonly List<(Learner Learner, Proposal Proposal)> _asked = [];
    private int _told;
    private double _spent;
    private int _stage;
    private int _pass;

    /// <param name="learners">What may be searched, each in a space of its own; at least one.</param>
    /// <param name="minimize">Whether less is better.</param>
    /// <param name="seed">The same seed gives the same proposals.</param>
    /// <param name="trials">How many proposals there will be; after them <see cref="Ask"/> answers null. <value>Null: as many as are asked for.</value></param>
    /// <param name="cost">The budget in the unit that <see cref="Tell"/> is told, seconds say, by which stages follow one another where the number of trials is not given. It is no limit: whoever asks
    /// stops. <value>Null: none; the stages are then those of a hundred trials, and begin again after them.</value></param>
    /// <exception cref="ArgumentException">No learner, or one whose start is not in its space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A budget is not above 0.</exception>
    public StagedAskTell(IReadOnlyList<StagedLearner> learners, bool minimize, Seed seed, int? trials = null, double? cost = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials ?? 1, nameof(trials));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cost ?? 1, nameof(cost));
        if (learners.Count == 0 || learners.FirstOrDefault(l => !l.Space.Contains(l.Start)) is not null)
        {
            throw new ArgumentException(learners.Count == 0 ? "There is nothing to search." : $"The start of '{learners.First(l => !l.Space.Contains(l.Start)).Start.Trainer}' is not in its space.", nameof(learners));
        }

        (_minimize, _seed, Trials) = (minimize, seed, trials);
        _shares = new StageShares(learners.Count, trials, cost);
        _learners = [.. learners.Select(l => new Learner(l))];
    }

    /// <summary>How many proposals there will be; null: no end.</summary>
    public int? Trials { get; }

    /// <summary>The best told so far (the earlier number when scores are equal), or null.</summary>
    public ScoredProposal? Best { get; private set; }

    /// <summary>The name of the stage that the next proposal belongs to: <c>defaults</c>, <c>coarse</c>, <c>refine</c> or <c>polish</c>.</summary>
    public string Stage => StageShares.Names[_stage];

    /// <summary>What to try next, or null when all planned ones were asked for or every configuration was.</summary>
    /// <exception cref="InvalidOperationException">The last proposal was not told yet.</exception>
    public Proposal? Ask()
    {
        lock (_gate)
        {
            if (_told < _asked.Count)
            {
                throw new InvalidOperationException($"Proposal {_told} was not told yet. Call Tell({_told}, score) or TellFailed({_told}) first.");
            }

            for (var entered = 0; _asked.Count < (Trials ?? int.MaxValue) && entered <= StageShares.Names.Count; entered++)
            {
                while (_shares.Ended(_stage, _asked.Count, _spent))
                {
                    Enter(_stage + 1);
                }

                if (Propose() is { } proposal)
                {
                    return proposal;
                }

                Enter(_stage + 1); // no sampler has anything left in these hypercubes
            }

            return null;
        }
    }

    /// <summary>Tells the score of a proposal.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="score">A number; infinities count as failures.</param>
    /// <param name="cost">What it took, above 0. <value>1</value></param>
    /// <exception cref="ArgumentException">The score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is not the number of the last proposal, or the cost is not above 0.</exception>
    public void Tell(int number, double score, double cost = 1)
    {
        if (double.IsNaN(score))
        {
            throw new ArgumentException($"The score of proposal {number} is NaN; call TellFailed({number}) when it has none.", nameof(score));
        }

        Store(number, _minimize ? score : -score, cost, double.IsFinite(score));
    }

    /// <summary>Tells that a proposal has no score: worse than any.</summary>
    /// <inheritdoc cref="Tell"/>
    public void TellFailed(int number, double cost = 1) => Store(number, double.NaN, cost, false);

    private void Store(int number, double loss, double cost, bool succeeded)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cost);
        lock (_gate)
        {
            if (number != _told || number >= _asked.Count)
            {
                throw new ArgumentOutOfRangeException(nameof(number), $"Number {number} is not to be told: {(_told < _asked.Count ? $"{_told} is" : "nothing is before the next Ask()")}.");
            }

            var (learner, proposal) = _asked[number];
            var seen = new Observation(number, _pass, proposal.Point, succeeded ? loss : double.NaN, succeeded ? ObservationStatus.Completed : ObservationStatus.Failed, 1, cost);
            learner.Seen.Add(seen);
            learner.Tried[proposal.Configuration.Canonical] = seen;
            (_told, _spent) = (_told + 1, _spent + cost);
            var score = _minimize ? loss : -loss;
            if (succeeded && (Best is null || (_minimize ? score < Best.Score : score > Best.Score)))
            {
                Best = new ScoredProposal(proposal, score);
            }
        }
    }

    private Proposal? Propose()
    {
        if (_stage == 0)
        {
            var first = _learners[_asked.Count];
            return Add(first, first.Given.Space.ToUnit(first.Given.Start), first.Given.Start);
        }

        List<Learner> open = [.. _learners.Where(l => l.In && l.Given.Space.Dimensions > 0)];
        while (open.Count > 0)
        {
            var odds = ImprovementCost.Odds([.. open.Select(l => (0.0, l.Seen.Select(o => new Outlay(o.Loss, _shares.ByCost ? o.Cost : 1)).ToArray()))]);
            var learner = open[ImprovementCost.Draw(odds, _seed.Child("lane").Child(_asked.Count).Random().NextDouble())];
            var request = new SamplerRequest(learner.Given.Space, learner.Box, new SearchHistory([.. learner.Seen]), 0, _pass, _shares.Planned(_stage), learner.Best, _seed.Child("pass").Child(_pass).Child(learner.Given.Start.Trainer));
            if (learner.Proposals!.Next(request, p => learner.Given.Space.FromUnit(learner.Given.Start.Trainer, p, learner.Given.Start), c => learner.Tried.ContainsKey(c.Canonical), c => learner.Tried[c.Canonical]) is var (point, configuration))
            {
                return Add(learner, point, configuration);
            }

            open.Remove(learner);
        }

        return null;
    }

    private Proposal Add(Learner learner, double[] point, Configuration configuration)
    {
        var proposal = new Proposal(_asked.Count, configuration, point);
        _asked.Add((learner, proposal));
        return proposal;
    }

    private void Enter(int stage)
    {
        _pass++;
        var again = stage >= StageShares.Names.Count;
        _stage = again ? 1 : stage;
        _shares.Enter(_stage, _asked.Count, _spent);
        var ranked = _learners.Where(l => l.In).OrderBy(l => l.Loss).ToArray();
        var most = _stage switch { 1 => _learners.Length, StageShares.Polish => 1, _ => (_learners.Length + 1) / 2 };
        foreach (var learner in _learners)
        {
            learner.In = again || Array.IndexOf(ranked, learner) is >= 0 and var rank && rank < most;
            var best = learner.Ranked();
            learner.Proposals = new NewProposals(SamplerCatalog.Get(_stage switch { 1 => "random", StageShares.Polish => "gp", _ => "sobol" }));
            if (_stage == 1 || learner.Proposals.Sampler.FindsItsRegion)
            {
                learner.Box = Hypercube.Whole(learner.Given.Space);
            }
            else if (best.Count >= EnoughToShrink)
            {
                learner.Box = HypercubeShrinker.Shrink(learner.Box, best, 0.2, 0.5, importance: AxisImportance.Of(learner.Given.Space, best, noise: 0, _seed.Child("importance").Child(_pass).Child(learner.Given.Start.Trainer))).Box;
            }

            learner.Best = [.. best.Take(8).Select(o => o.Point)];
        }
    }

    // what is known of one learner
    private sealed class Learner(StagedLearner given)
    {
        public StagedLearner Given => given;

        public Hypercube Box { get; set; } = Hypercube.Whole(given.Space);

        public bool In { get; set; } = true;

        public List<Observation> Seen { get; } = [];

        public Dictionary<string, Observation> Tried { get; } = new(StringComparer.Ordinal);

        public NewProposals? Proposals { get; set; }

        public IReadOnlyList<double[]> Best { get; set; } = [];

        public double Loss => Seen.Where(o => o.Status == ObservationStatus.Completed).Select(o => o.Loss).DefaultIfEmpty(double.PositiveInfinity).Min();

        public IReadOnlyList<Observation> Ranked() => [.. Seen.Where(o => o.Status == ObservationStatus.Completed).OrderBy(o => o.Loss).ThenBy(o => o.Number)];
    }
}
