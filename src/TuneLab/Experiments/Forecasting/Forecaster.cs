using MathNet.Numerics.Statistics;
using TuneLab.Experiments.Answer;
using TuneLab.Experiments.Search;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Samplers.Turns;
using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>
/// Forecasts what the rest of an experiment costs from what its trials took: each of some hundred times the cost models, the trainers that are left, the configurations to come and what pruners leave of them are drawn from what is known of
/// them, and the work of every part still to do is added up. A pure function of its arguments; the draws come from the plan's seed.
/// </summary>
internal sealed class Forecaster
{
    private const int Draws = 300;
    private const int Points = 6;

    // the parts of the rows whose curve is learned once the answer is there, but for all of them, which is stored
    private static readonly double[] CurveFractions = [0.125, 0.25, 0.5, 0.75];

    // what pruners and early ends leave of a trial's folds before anything was seen, and how many trials that is worth
    private const double SurvivalPrior = 0.6;
    private const double SurvivalWeight = 6;

    // the more have finished, the more a trial has to keep up with
    private const double LaterSurvival = 0.9;

    // whose turn it is changes with every gain: the odds are those of now by less than this part
    private const double EvenLeast = 0.2;

    // what comes after confirm beside refits and learning curve, as a part of these: importance of columns, tests
    private const double EndShare = 0.6;

    // the last rounds are the dearest, and those settled are scored once
    private const double SettledPower = 1.4;

    // files, holdout, importance of columns: what no fold tells
    private const double EndSeconds = 0.5;

    private readonly ExperimentPlan _plan;
    private readonly IReadOnlyList<TrialCost> _costs;
    private readonly IReadOnlyList<LaneOutlook> _lanes;
    private readonly Objective? _objective;
    private readonly int _folds;
    private readonly double _unforeseen;

    /// <param name="plan">The settled plan.</param>
    /// <param name="objective">What ranks; null: unknown.</param>
    /// <param name="costs">The trials so far.</param>
    /// <param name="jobs">Evaluations at once. <value>Null: as measured.</value></param>
    /// <param name="unforeseen">How far off it is beside all that is drawn, as a deviation of the logarithm. <value>0.2, mostly the machine's load</value></param>
    public Forecaster(ExperimentPlan plan, Objective? objective, IReadOnlyList<TrialCost> costs, double? jobs = null, double unforeseen = 0.2)
    {
        (_plan, _objective, _costs, _unforeseen) = (plan, objective, costs, unforeseen);
        _folds = costs.Where(c => c.Trial.Stage != Confirmation.Stage && c.Trial.Status == TrialStatus.Completed).Select(c => (int)Math.Round(c.Trial.Scores.Length / c.Trial.FoldFraction)).DefaultIfEmpty(Math.Max(1, plan.Validate.Folds)).Max();
        _lanes = LaneOutlook.Of(plan, objective, costs);
        Jobs = jobs ?? Concurrency(costs);
        Survival = Survived();
    }

    /// <summary>Evaluations at once, as the trials' overlap shows.</summary>
    public double Jobs { get; }

    /// <summary>What is left of the folds' work of a trial that pruners may end.</summary>
    public double Survival { get; }

    /// <summary>The wall seconds of each part; null where nothing but time says how much there is to do.</summary>
    public (SecondsLeft All, IReadOnlyList<ForecastPart> Parts)? Rest()
    {
        if (PlannedWork.Left(_plan, [.. _costs.Select(c => c.Trial)], _folds) is not { } parts)
        {
            return null;
        }

        var confirm = _plan.Stages.FirstOrDefault(s => s.Name == Confirmation.Stage) ?? new StagePlan { Name = Confirmation.Stage };
        var confirmed = _costs.Count(c => c.Trial.Stage == Confirmation.Stage);
        var left = Math.Max(0, ((confirm.Top + 1) * confirm.Repeats) - confirmed);
        string[] names = [.. parts.Select(p => p.Stage.Name), Confirmation.Stage, "end"];
        int[] trials = [.. parts.Select(p => p.Trials), left, 0];
        var drawn = new double[names.Length][];
        for (var i = 0; i < names.Length; i++)
        {
            drawn[i] = new double[Draws];
        }

        var seed = new Seed((ulong)_plan.Seed).Child("forecast");
        for (var d = 0; d < Draws; d++)
        {
            var random = seed.Child(d).Random();
            var draw = new RestDraw(this, random);
            var load = Math.Exp(_unforeseen * random.NextNormal());
            for (var i = 0; i < parts.Count; i++)
            {
                drawn[i][d] = load * draw.Search(parts[i]);
            }

            drawn[^2][d] = load * draw.Confirm(left);
            drawn[^1][d] = load * draw.End();
        }

        var all = Enumerable.Range(0, Draws).Select(d => drawn.Sum(part => part[d]));
        var told = names.Select((name, i) => new ForecastPart(name, trials[i], Quantiles(drawn[i]))).GroupBy(p => p.Stage).Select(g => g.Count() == 1 ? g.First() : Merge([.. g])).Where(p => p.Trials > 0 || p.Stage == "end");
        return (Quantiles(all), [.. told]);
    }

    private static ForecastPart Merge(ForecastPart[] parts)
        => new(parts[0].Stage, parts.Sum(p => p.Trials), new SecondsLeft(parts.Sum(p => p.Seconds.Median), parts.Sum(p => p.Seconds.Low), parts.Sum(p => p.Seconds.High)));

    private static SecondsLeft Quantiles(IEnumerable<double> drawn)
    {
        double[] sorted = [.. drawn.Order()];
        return new SecondsLeft(SortedArrayStatistics.Quantile(sorted, 0.5), SortedArrayStatistics.Quantile(sorted, 0.1), SortedArrayStatistics.Quantile(sorted, 0.9));
    }

    // seconds of work over wall seconds; a process begins anew where a trial ended before an earlier one began
    private static double Concurrency(IReadOnlyList<TrialCost> costs)
    {
        var (work, wall, begin, end) = (0.0, 0.0, double.NaN, double.NaN);
        foreach (var cost in costs.Where(c => !c.Trial.Cached))
        {
            if (double.IsNaN(begin) || cost.Trial.FinishedSeconds < begin)
            {
                wall += double.IsNaN(begin) ? 0 : end - begin;
                (begin, end) = (cost.Trial.StartedSeconds, cost.Trial.FinishedSeconds);
            }

            work += cost.Work;
            end = Math.Max(end, cost.Trial.FinishedSeconds);
        }

        wall += double.IsNaN(begin) ? 0 : end - begin;
        return work > 0 && wall > 0 ? Math.Max(0.05, work / wall) : 1;
    }

    private double Survived()
    {
        var (done, whole) = (SurvivalPrior * SurvivalWeight, SurvivalWeight);
        foreach (var cost in _costs.Where(c => c.Trial.Stage is not (Confirmation.Stage or StagedSearch.DefaultsStage) && !c.Trial.Cached && c.Trial.RoundFraction == 1))
        {
            var lane = _lanes.FirstOrDefault(l => l.Trainer == cost.Trainer);
            if (lane is null)
            {
                continue;
            }

            var all = cost.IsMeasured ? cost.FoldSeconds : lane.Model.Seconds(lane.Model.PointOf(cost), cost.Trial.Fidelity);
            whole += 1;
            done += Math.Min(1, cost.Work / (all * cost.Trial.Fidelity.FoldsOf(_folds)));
        }

        return done / whole;
    }

    /// <summary>One way in which the rest may go.</summary>
    private sealed class RestDraw
    {
        private readonly Forecaster _owner;
        private readonly SeededRandom _random;
        private readonly Func<double[], Fidelity, double>[] _models;
        private readonly bool[] _loses;
        private readonly double _survival;
        private readonly double _even;

        public RestDraw(Forecaster owner, SeededRandom random)
        {
            (_owner, _random) = (owner, random);
            _models = [.. owner._lanes.Select(l => l.Model.Draw(random))];
            _loses = [.. owner._lanes.Select(l => random.NextDouble() < l.Loses)];
            _even = EvenLeast + ((1 - EvenLeast) * random.NextDouble());
            _survival = Math.Clamp(owner.Survival + (0.12 * random.NextNormal()), 0.05, 1);
        }

        public double Search(WorkPart part)
        {
            var odds = Odds(part.Stage.Name);
            var all = part.Fidelity.FoldsOf(_owner._folds);
            var sum = 0.0;
            for (var i = 0; i < odds.Length; i++)
            {
                for (var k = 0; odds[i] > 0 && k < Points; k++)
                {
                    var (point, excess) = Point(_owner._lanes[i], part);
                    var fold = Math.Exp(_models[i](point, part.Fidelity) + excess);
                    var before = part.From is { } from ? Math.Exp(_models[i](point, from) + excess) * from.FoldsOf(_owner._folds) : 0;
                    sum += odds[i] / Points * Math.Max(0.1 * fold, (fold * all) - before);
                }
            }

            var survival = part.Stage.Name == StagedSearch.DefaultsStage || part.Stage.Prune == Pruners.PrunerCatalog.None ? 1 : part.Stage.Name is "refine" or "polish" ? _survival * LaterSurvival : _survival;
            return sum * survival * part.Trials / _owner.Jobs;
        }

        public double Confirm(int trials)
            => trials == 0 ? 0 : trials * FinalistFold() * Math.Max(1, _owner._folds / Math.Max(1, _owner._plan.Validate.Repeats)) / _owner.Jobs;

        public double End()
        {
            var folds = Math.Max(2, _owner._folds);
            var refits = _owner._plan.Command is null && _owner._plan.Output.Refit ? (_owner._plan.Validate.Holdout > 0 ? 2 : 1) * FinalistFold() * folds / (folds - 1) : 0;
            var curve = _owner._plan.Command is null ? CurveFractions.Sum(f => Finalist(new Fidelity(f, 1, 1), settled: false)) * _owner._folds : 0;
            return ((1 + EndShare) * (refits + curve) / _owner.Jobs) + EndSeconds;
        }

        private double FinalistFold() => Finalist(Fidelity.Full, settled: true);

        // a fold of one of those that lead now, on all rows
        private double Finalist(Fidelity fidelity, bool settled)
        {
            var leaders = _owner._lanes.Select((lane, i) => (Lane: lane, Index: i)).Where(l => l.Lane.Ranked.Count > 0).ToList();
            if (leaders.Count == 0)
            {
                return _owner._lanes.Select((l, i) => Math.Exp(_models[i](new double[l.Model.Axes], fidelity))).Average();
            }

            var (lane, index) = leaders.Find(l => l.Lane == _owner.Leader(_random));
            lane ??= leaders[0].Lane;
            var sum = 0.0;
            var count = Math.Min(3, lane.Ranked.Count);
            for (var k = 0; k < count; k++)
            {
                var cost = lane.Ranked[k];
                sum += Math.Exp(_models[index](lane.Model.PointOf(cost), fidelity) + (0.5 * lane.Model.Excess(cost))) * (settled ? Math.Pow(cost.Settled, SettledPower) : 1) / count;
            }

            return sum;
        }

        // whose trials come next: all trainers at first, then those that did not lose, at most two of them when it is polished
        private double[] Odds(string stage)
        {
            var lanes = _owner._lanes;
            double[] odds = [.. lanes.Select(l => ((1 - _even) * l.Odds) + (_even / lanes.Count))];
            if (stage == StagedSearch.DefaultsStage)
            {
                return [.. lanes.Select(l => l.Ranked.Count > 0 ? 0.0 : 1.0 / Math.Max(1, lanes.Count(o => o.Ranked.Count == 0)))];
            }

            if (stage is "refine" or "polish")
            {
                odds = [.. odds.Select((o, i) => _loses[i] ? 0 : o)];
            }

            if (stage == "polish" && _owner._objective is { } objective)
            {
                var stay = lanes.Where((l, i) => !_loses[i] && l.Ranked.Count > 0).OrderBy(l => l.Ranked[0].Trial.Score, Comparer<double>.Create(objective.Compare)).Take(2).ToList();
                odds = stay.Count == 0 ? odds : [.. odds.Select((o, i) => stay.Contains(lanes[i]) ? o : 0)];
            }

            var sum = odds.Sum();
            return sum > 0 ? [.. odds.Select(o => o / sum)] : [.. lanes.Select(_ => 1.0 / lanes.Count)];
        }

        // anywhere at first, then around what is good, closer with each pass
        private (double[] Point, double Excess) Point(LaneOutlook lane, WorkPart part)
        {
            var point = new double[lane.Model.Axes];
            var width = part.Stage.Name switch { "refine" => Math.Pow(part.Stage.Shrink, part.Pass), "polish" => 0.25, _ => 1 };
            var near = width < 1 && lane.Ranked.Count > 0 ? lane.Ranked[_random.NextInt(Math.Max(1, (int)Math.Ceiling(part.Stage.Keep * lane.Ranked.Count)))] : null;
            var center = near is null ? null : lane.Model.PointOf(near);
            for (var a = 0; a < point.Length; a++)
            {
                var drawn = _random.NextDouble() - 0.5;
                point[a] = center is null ? drawn : Math.Clamp(center[a] + (width * drawn), -0.5, 0.5);
            }

            return (point, near is null ? 0 : 0.5 * lane.Model.Excess(near));
        }
    }

    private LaneOutlook? Leader(SeededRandom random)
    {
        var ranked = _lanes.Where(l => l.Ranked.Count > 0).ToList();
        if (_objective is { } objective)
        {
            ranked = [.. ranked.OrderBy(l => l.Ranked[0].Trial.Score, Comparer<double>.Create(objective.Compare))];
        }

        // who is behind now may lead in the end
        double[] chances = [.. ranked.Select((l, i) => i == 0 ? 1 : 0.5 * (1 - l.Loses))];
        return ranked.Count == 0 ? null : ranked[ImprovementCost.Draw([.. chances.Select(c => c / chances.Sum())], random.NextDouble())];
    }
}
