using TuneLab.Analysis;
using TuneLab.Experiments.Answer;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Samplers.Turns;
using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>One trainer's trials as the forecast sees them.</summary>
/// <param name="Trainer">The trainer's id.</param>
/// <param name="Model">What its folds take.</param>
/// <param name="Ranked">Its completed trials of the fidelity that says most, best first.</param>
/// <param name="Loses">The probability that it is out before the search refines.</param>
/// <param name="Odds">The odds that a trial is its, while all are in.</param>
internal sealed record LaneOutlook(string Trainer, CostModel Model, IReadOnlyList<TrialCost> Ranked, double Loses, double Odds)
{
    // the search drops whose best is significantly worse; who nearly is may be by then
    private const int EnoughTrials = 5;
    private const double Level = 0.05;

    /// <summary>The outlook of each trainer that a plan has.</summary>
    /// <param name="plan">The settled plan.</param>
    /// <param name="objective">What ranks; null: unknown, all trainers are alike.</param>
    /// <param name="costs">The trials so far.</param>
    public static IReadOnlyList<LaneOutlook> Of(ExperimentPlan plan, Objective? objective, IReadOnlyList<TrialCost> costs)
    {
        string[] trainers = plan.Command is null ? [.. plan.Trainers] : [CommandPlan.Trainer];
        var usual = costs.Where(c => c.IsMeasured).Select(c => Math.Log(c.FoldSeconds)).DefaultIfEmpty(0).Average();
        var lanes = trainers.Select(id =>
        {
            TrialCost[] own = [.. costs.Where(c => c.Trainer == id && c.Trial.Stage != Confirmation.Stage)];
            var model = new CostModel(new CostAxes(plan.Space.GetValueOrDefault(id) ?? new Dictionary<string, ParameterEdit>()), own, usual);
            return new LaneOutlook(id, model, Rank(own, objective), 0, 1);
        }).ToList();
        if (objective is null)
        {
            return [.. lanes.Select(l => l with { Odds = 1.0 / lanes.Count })];
        }

        var odds = ImprovementCost.Odds([.. lanes.Select(l => Outlays(l, costs, objective))]);
        var leader = lanes.Where(l => l.Ranked.Count > 0).OrderBy(l => l.Ranked[0].Trial.Score, Comparer<double>.Create(objective.Compare)).FirstOrDefault();
        return [.. lanes.Select((l, i) => l with { Odds = odds[i], Loses = Losing(l, leader, objective, 1.0 / Math.Max(1, plan.Validate.Folds - 1)) })];
    }

    private static TrialCost[] Rank(TrialCost[] own, Objective? objective)
    {
        var groups = own.Where(c => c.Trial.Status == TrialStatus.Completed && !double.IsNaN(c.Trial.Score)).GroupBy(c => c.Trial.Fidelity).ToList();
        var group = groups.Where(g => g.Count() >= EnoughTrials).MaxBy(g => g.Key.Share) ?? groups.MaxBy(g => g.Count());
        return group is null ? [] : objective is null ? [.. group] : [.. group.OrderBy(c => c.Trial.Score, Comparer<double>.Create(objective.Compare)).ThenBy(c => c.Trial.Number)];
    }

    private static (double, Outlay[]) Outlays(LaneOutlook lane, IReadOnlyList<TrialCost> costs, Objective objective)
    {
        TrialCost[] own = [.. costs.Where(c => c.Trainer == lane.Trainer && c.Trial.Stage != Confirmation.Stage)];
        var group = own.GroupBy(c => c.Trial.Fidelity).MaxBy(g => g.Count());
        return group is null ? (1, []) : (group.Key.Share, [.. group.Select(c => new Outlay(c.Trial.Status == TrialStatus.Failed ? double.NaN : objective.HigherIsBetter ? -c.Trial.Score : c.Trial.Score, Math.Sqrt(Math.Max(1e-6, lane.Model.Seconds(lane.Model.PointOf(c), c.Trial.Fidelity)))))]);
    }

    private static double Losing(LaneOutlook lane, LaneOutlook? leader, Objective objective, double ratio)
    {
        if (leader is null || lane.Ranked.Count == 0 || lane.Trainer == leader.Trainer)
        {
            return 0;
        }

        var (best, lead) = (lane.Ranked[0].Trial, leader.Ranked[0].Trial);
        if (best.Fidelity != lead.Fidelity || best.Scores.Length != lead.Scores.Length || best.Scores.Length < 2)
        {
            return 0.3;
        }

        var p = CorrectedResampledTTest.Run([.. lead.Scores.Zip(best.Scores, objective.Gain)], ratio).P;
        return p < Level ? 0.9 : p < 4 * Level ? 0.5 : 0.15;
    }
}
