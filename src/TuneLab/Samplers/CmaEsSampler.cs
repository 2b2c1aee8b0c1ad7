using TuneLab.Randomness;
using TuneLab.Samplers.CmaEs;

namespace TuneLab.Samplers;

/// <summary>
/// CMA-ES (Hansen 2016, The CMA Evolution Strategy: A Tutorial, arXiv:1604.00772, with active covariance): a normal distribution that learns step size and direction from ranks alone.
/// It works in coordinates relative to the box, begins at <see cref="SamplerRequest.Start"/>[0] (else the centre) with a deviation of 0.2 (0.3) of the box, and moves what falls outside to the edge
/// (mirroring would keep the step size from falling where the optimum lies on an edge).
/// Whole and stepped numbers keep a margin (Hamano et al. 2022); a choice has a probability per value (after CatCMA, Hamano et al. 2024).
/// <para>A generation is that many consecutive observations of this stage pass. A proposal is drawn from the distribution after all complete generations in its history, so up to
/// <see cref="Lag"/> points of a generation come from the one before; their steps are cut as Hansen 2011 (Injecting external solutions into CMA-ES) does. Pruned observations rank behind completed
/// ones, failed ones last; a generation of failures only changes nothing. With a planned number below six default generations the population is smaller, at least four. Once no continuous
/// coordinate moves any more (deviation below 1e-10) it ends. Does not handle more than one optimum: its start decides.</para>
/// </summary>
public sealed class CmaEsSampler : ISampler
{
    private const double Converged = 1e-10;

    private Run? _run;

    /// <inheritdoc/>
    public string Id => "cma-es";

    /// <inheritdoc/>
    /// <remarks>Four: with the folds of each, five trials keep many cores busy; more would make most of a generation stale.</remarks>
    public int Lag => 4;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        if (_run is null || !_run.Serves(request))
        {
            _run = new Run(request);
        }

        return _run.Propose(request.Seed.Child("cma-es").Child(request.Index).Random(), [.. request.History.Observations.Where(o => o.Stage == request.Stage)]);
    }

    // what follows from the request's fixed part and from the generations seen so far: a memo
    private sealed class Run
    {
        private readonly SamplerRequest _request;
        private readonly BoxCoordinates _box;
        private readonly CmaEsSettings _settings;
        private readonly int _population;
        private readonly double _alpha;
        private readonly List<(CmaEsState State, ChoiceOdds[] Odds)> _generations = [];
        private readonly List<Observation> _used = [];

        public Run(SamplerRequest request)
        {
            _request = request;
            _box = new BoxCoordinates(request.Box);
            var n = _box.Numbers.Length;
            var usual = 4 + (int)(3 * Math.Log(Math.Max(1, n + _box.Choices.Length)));
            _population = request.Planned is { } planned ? Math.Clamp(planned / 6, 4, usual) : usual;
            _settings = new CmaEsSettings(Math.Max(1, n), _population);
            _alpha = 1.0 / (Math.Max(1, _box.Discrete) * _population);

            var start = request.Start.Count > 0 ? request.Start[0] : null;
            var mean = start is null ? [] : _box.Relative(start);
            mean = [.. Enumerable.Range(0, n).Select(i => start is null || double.IsNaN(mean[i]) ? 0.5 : mean[i])];
            var chosen = start is null ? null : _box.ChoicesOf(start);
            var odds = Enumerable.Range(0, _box.Choices.Length).Select(c => ChoiceOdds.Start(_box.CountOf(c), chosen?[c] ?? -1)).ToArray();
            _generations.Add((Margin.Apply(CmaEsState.Start(mean, start is null ? 0.3 : 0.2), _box.Edges, _alpha), odds));
        }

        public bool Serves(SamplerRequest request)
            => request.Seed == _request.Seed && request.Stage == _request.Stage && request.Planned == _request.Planned
                && ReferenceEquals(request.Box, _request.Box) && ReferenceEquals(request.Start, _request.Start);

        public double[]? Propose(SeededRandom random, IReadOnlyList<Observation> seen)
        {
            Learn(seen);
            var (state, odds) = _generations[seen.Count / _population];
            if (_box.Discrete == 0 && state.Mean.Length > 0 && Enumerable.Range(0, state.Mean.Length).All(i => state.Deviation(i) < Converged))
            {
                return null;
            }

            var normal = new double[state.Mean.Length];
            for (var i = 0; i < normal.Length; i++)
            {
                normal[i] = random.NextNormal();
            }

            return _box.Place([.. state.Sample(normal).Select(x => Math.Clamp(x, 0, 1))], [.. odds.Select(o => o.Draw(random.NextDouble()))]);
        }

        private void Learn(IReadOnlyList<Observation> seen)
        {
            // another history than the one the memo was made from: forget what differs
            var same = 0;
            while (same < Math.Min(seen.Count, _used.Count) && seen[same] == _used[same])
            {
                same++;
            }

            if (same < Math.Min(seen.Count, _used.Count))
            {
                var whole = same / _population;
                _used.RemoveRange(whole * _population, _used.Count - whole * _population);
                _generations.RemoveRange(whole + 1, _generations.Count - whole - 1);
            }

            while (_used.Count + _population <= seen.Count)
            {
                var generation = seen.Skip(_used.Count).Take(_population).ToArray();
                _used.AddRange(generation);
                _generations.Add(Next(_generations[^1], generation));
            }
        }

        private (CmaEsState State, ChoiceOdds[] Odds) Next((CmaEsState State, ChoiceOdds[] Odds) last, Observation[] generation)
        {
            var ranked = generation.OrderBy(Rank).ThenBy(o => o.Loss).ThenBy(o => o.Number).ToArray();
            var scored = ranked.Count(o => Rank(o) < 2);
            if (scored == 0)
            {
                return last;
            }

            var state = last.State;
            if (state.Mean.Length > 0)
            {
                var flat = scored == ranked.Length && ranked[0].Loss == ranked[^1].Loss && Rank(ranked[0]) == Rank(ranked[^1]);
                state = Margin.Apply(state.Next(_settings, [.. ranked.Select(o => _box.Relative(o.Point))], scored, flat), _box.Edges, _alpha);
            }

            var chosen = ranked.Take(Math.Min(scored, _population / 2)).Select(o => _box.ChoicesOf(o.Point)).ToArray();
            return (state, [.. last.Odds.Select((o, c) => o.Next(chosen.Select(x => x[c]), _settings.WeightsFor(scored), Math.Min(_alpha, 0.5 / _box.CountOf(c))))]);
        }

        private static int Rank(Observation observation)
            => observation.Status == ObservationStatus.Failed || !double.IsFinite(observation.Loss) ? 2 : observation.Status == ObservationStatus.Pruned ? 1 : 0;
    }
}
