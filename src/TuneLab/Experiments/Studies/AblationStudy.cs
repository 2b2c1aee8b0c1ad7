using TuneLab.Analysis;
using TuneLab.Analysis.Holdout;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Studies;

/// <summary>Trains the winner's configuration without each column, or group of columns that say nearly the same, on the same splits, and tests what is lost.</summary>
internal sealed class AblationStudy(LoadedExperiment experiment, ITrialStore store, long id, RunOptions options, TimeProvider time)
{
    /// <summary>The study, the largest loss first.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; what was computed is kept.</exception>
    public Analyzed<IReadOnlyList<AblatedColumns>> Run(Contender best, CancellationToken stop)
    {
        var groups = ColumnGroups.Of(experiment.Table, experiment.Training);
        if (groups.Count < 2)
        {
            return Analyzed<IReadOnlyList<AblatedColumns>>.Not("there is only one column, or group of columns, to learn from");
        }

        (Space.Configuration, int)[] configuration = [(best.Configuration, best.Rounds)];
        var whole = new Rescoring(experiment, store, id, options, time).Scores(configuration, stop)[0];
        if (whole.Length < 2)
        {
            return Analyzed<IReadOnlyList<AblatedColumns>>.Not("there is one fold only, which says nothing of chance");
        }

        var (objective, ratio) = (experiment.Resolved.Metric, 1.0 / (experiment.Resolved.Plan.Validate.Folds - 1));
        var tests = groups.Select(columns =>
        {
            var without = new Rescoring(experiment.Reloaded(Without(columns), experiment.Table.Data), store, id, options, time).Scores(configuration, stop)[0];
            return CorrectedResampledTTest.Run([.. whole.Zip(without, objective.Gain)], ratio);
        }).ToList();
        var adjusted = HolmCorrection.Adjust([.. tests.Select(t => Math.Min(1, 2 * Math.Min(t.P, 1 - t.P)))]);
        return Analyzed<IReadOnlyList<AblatedColumns>>.Of([.. groups.Select((columns, i) => new AblatedColumns(columns, tests[i].Mean, tests[i].Low, tests[i].High, adjusted[i])).OrderByDescending(a => a.Effect)]);
    }

    private ExperimentPlan Without(IReadOnlyList<string> columns)
    {
        var (plan, roles) = (experiment.Resolved.Plan, experiment.Table.Roles);
        var own = plan.Data.Roles with { Ignore = [.. roles.Ignore, .. columns], Monotone = roles.Monotone.Where(m => !columns.Contains(m.Key)).ToDictionary() };
        return plan with { Data = plan.Data with { Roles = own } };
    }
}
