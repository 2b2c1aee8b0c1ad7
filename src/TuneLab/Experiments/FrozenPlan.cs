using System.Text.Json.Nodes;
using TuneLab.Experiments.Files;
using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>
/// The resolved plan as it is stored when an experiment is created. Stages that <c>auto</c> made come from there ever after, so that a raised budget continues the same search.
/// </summary>
internal static class FrozenPlan
{
    /// <summary>As JSON, in the keys of the experiment file. Where the files go and where trials ran is no part of what was done.</summary>
    public static string Write(ResolvedPlan resolved)
    {
        var settled = PlanJson.Settled(resolved);
        return PlanJson.Canonical(settled with { Isolate = false, Output = settled.Output with { Folder = "." } });
    }

    /// <summary>The same for a model file, which travels: without the folder of the data.</summary>
    public static string WriteForModel(ResolvedPlan resolved)
        => Write(resolved with { Plan = resolved.Plan with { Data = resolved.Plan.Data with { File = Path.GetFileName(resolved.Plan.Data.File) } } });

    /// <summary>The experiment with the stages that were frozen.</summary>
    public static LoadedExperiment Apply(ExperimentRecord record, LoadedExperiment experiment)
        => !experiment.Resolved.StagesAreAuto ? experiment
            : experiment with { Resolved = experiment.Resolved with { Stages = PlanReader.Read(record.Plan, experiment.Resolved.Plan.File ?? "plan.json").Stages } };

    /// <summary>Whether the plan may try more than it might when the experiment was created: its stages then leave trials over.</summary>
    public static bool HasFewerTrials(ExperimentRecord record, ResolvedPlan plan)
        => TrialsOf(record) < plan.Plan.Budget.Trials;

    /// <summary>The budget in trials when the experiment was created: its stages are parted by it, whatever it becomes. Null where there was none.</summary>
    public static int? TrialsOf(ExperimentRecord record) => (int?)JsonNode.Parse(record.Plan)?["budget"]?["trials"];

    /// <summary>What the budget was counted in when the experiment was created: which trials are proposed depends on it, so it stays when the budget becomes another.</summary>
    public static BudgetKind KindOf(ExperimentRecord record)
    {
        var budget = JsonNode.Parse(record.Plan)?["budget"];
        var timed = budget?["time"] is not null || budget?["deadline"] is not null;
        return !timed ? BudgetKind.Trials : budget?["trials"] is null ? BudgetKind.Time : BudgetKind.Both;
    }
}
