using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Reporting.Text;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Reporting.Terminal;

/// <summary>What <c>run</c> prints before the first trial: the plan with everything settled, and what the look at the data found.</summary>
public static class PlanSummary
{
    private const int Indent = 2;

    /// <summary>Writes data, split, trainers with their spaces, stages, budget and store; then the findings, if there are any.</summary>
    public static void Write(ExperimentStart start, TextWriter writer)
    {
        var (resolved, plan, table) = (start.Plan, start.Plan.Plan, start.Table);
        writer.WriteLine(plan.Name + (plan.Question is { } question ? ": " + question : ""));
        List<IReadOnlyList<string>> facts =
        [
            .. table is null ? Program(start, plan.Command!) : (IReadOnlyList<IReadOnlyList<string>>)
            [
            ["data", $"{Path.GetFileName(plan.Data.File)}: {Show.Count(table.RowCount, "row")}, {Show.Count(table.Features.Count, "feature")}"
                + (table.RowsWithoutLabel > 0 ? $"; {Show.Count(table.RowsWithoutLabel, "row")} without a label left out" : "")],
            ["label", Explain.Label(table)],
            .. Monotone(start.Plan, table),
            .. Weights(start.Plan, table),
            ["split", Explain.Split(start)],
            ],
            ["metric", $"{resolved.Metric.Id}, {Explain.Direction(resolved.Metric)}"],
            ["expected", Explain.Expectation(resolved)],
            ["budget", Budget(plan.Budget, table is null ? "run" : "fold")],
            .. table is not null && (plan.Isolate || plan.Budget.TrialMemoryBytes is not null) ? (IReadOnlyList<string>[])[["isolated", "every trial runs in a process of its own"]] : [],
            .. plan.Ensemble ? (IReadOnlyList<string>[])[["ensemble", "of good trials, at the end, beside the winner"]] : [],
            ["seed", plan.Seed.ToString(CultureInfo.InvariantCulture)],
            ["store", start.Store + (start.StoredTrials > 0 ? $" ({Show.Count(start.StoredTrials, "finished trial")} in it: going on)" : "")],
        ];
        TextTable.Write(writer, facts, Indent);
        writer.WriteLine();
        writer.WriteLine(table is null ? "what is searched:" : "trainers and what is searched:");
        TextTable.Write(writer, [.. resolved.Trainers.SelectMany(Space)], Indent);
        writer.WriteLine();
        writer.WriteLine(resolved.StagesAreAuto ? "stages (auto):" : "stages:");
        TextTable.Write(writer, [["stage", "sampler", "trials", "passes", "rows", ""], Defaults(resolved), .. resolved.Stages.Select(s => Stage(s, table is null ? "fresh seed" : "fresh split"))], Indent);
        if (start.Look is { Findings.Count: > 0 } look)
        {
            writer.WriteLine();
            FindingLines.Write(look.Findings, writer);
        }
    }

    private static IReadOnlyList<IReadOnlyList<string>> Program(ExperimentStart start, CommandPlan command) =>
    [
        ["program", command.Run],
        ["inputs", command.Inputs.Count == 0 ? "none declared: when the program changes, what is stored is still taken for it" : string.Join(", ", command.Inputs.Select(Path.GetFileName))],
        ["runs", Explain.Split(start)],
    ];

    private static IEnumerable<IReadOnlyList<string>> Monotone(ResolvedPlan plan, TableSummary table)
    {
        if (table.Roles.Monotone.Count > 0)
        {
            yield return ["monotone", Explain.Monotone(table)];
        }

        if (plan.LeftOut.Count > 0)
        {
            yield return ["left out", string.Join(", ", plan.LeftOut) + ": can't keep a monotone direction"];
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Weights(ResolvedPlan plan, TableSummary table)
    {
        if (table.Roles.Weight is { } column)
        {
            string[] without = [.. plan.Trainers.Select(t => t.Trainer).OfType<ITrainer>().Where(t => !t.Info.RowWeights).Select(t => t.Info.Id)];
            yield return ["weights", column + (without.Length == 0 ? "" : $": scores go by it; not the learning of {string.Join(", ", without)}")];
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Space(PlannedTrainer trainer)
    {
        var id = trainer.Trainer.Info.Id;
        if (trainer.Space.Parameters.Count == 0)
        {
            yield return [id, "nothing: its default alone"];
        }

        for (var i = 0; i < trainer.Space.Parameters.Count; i++)
        {
            var parameter = trainer.Space.Parameters[i];
            var condition = parameter.Condition is { } c ? $" (while {c.Parameter} is {string.Join(" or ", c.Values)})" : "";
            yield return [i == 0 ? id : "", parameter.Name, parameter.Describe() + condition];
        }
    }

    // the baseline comes before the stages of the file
    private static IReadOnlyList<string> Defaults(ResolvedPlan plan) => ["defaults", Show.Nothing, Show.Whole(plan.Trainers.Count), "1", Show.Percent(1), "each trainer's default (baseline)"];

    private static IReadOnlyList<string> Stage(StagePlan stage, string repeat) => stage.Name == "confirm"
        ? ["confirm", Show.Nothing, Show.Whole(stage.Top) + " + 1", "1", Show.Percent(1), $"best {Show.Whole(stage.Top)} and baseline, {Show.Count(stage.Repeats, repeat)}"]
        :
        [
            stage.Name, stage.Sampler ?? "random", stage.Trials is { } trials ? Show.Whole(trials) : "open", Show.Whole(stage.Passes), Show.Percent(stage.Rows),
            string.Join(", ", Ways(stage)),
        ];

    private static IEnumerable<string> Ways(StagePlan stage)
    {
        if (stage.Shrinks)
        {
            yield return $"around the best {Show.Percent(stage.Keep)}, sides x {Show.Short(stage.Shrink)}";
        }

        if (stage.Starts > 0)
        {
            yield return $"begins with {Show.Count(stage.Starts, "starting point")}";
        }

        if (stage.Rounds < 1)
        {
            yield return $"{(stage is { Halving: not null, Over: FidelityKind.Rounds } ? "from " : "")}{Show.Percent(stage.Rounds)} of the rounds";
        }

        if (stage.Folds is { } folds)
        {
            yield return $"{(stage is { Halving: not null, Over: FidelityKind.Folds } ? "from " : "")}{Show.Count(folds, "fold")}";
        }

        if (stage.Halving is { } halving)
        {
            yield return $"the best 1/{Show.Whole(halving)} of each rung go on with {Show.Whole(halving)} x the {stage.Over.ToString().ToLowerInvariant()}";
        }

        if (stage.Prune == "none")
        {
            yield return "every trial to its end";
        }
    }

    private static string Budget(BudgetPlan budget, string unit)
    {
        string?[] limits =
        [
            budget.Trials is { } trials ? Show.Count(trials, "trial") + " and confirm's" : null,
            budget.Time is { } time ? Span(time) : null,
            budget.Deadline is { } deadline ? "until " + deadline.ToString("HH:mm", CultureInfo.InvariantCulture) : null,
            budget.Target is { } target ? "until " + Show.Short(target) + " is reached" : null,
            budget.Patience is { } patience ? $"a stage ends after {Show.Count(patience, "trial")} without improvement" : null,
            budget.MemoryBytes is { } memory ? Show.Whole(memory >> 20) + " MB of memory" : null,
            budget.TrialTime is { } trialTime ? Span(trialTime) + $" for one {unit} of a trial" : null,
            budget.TrialMemoryBytes is { } trialMemory ? Show.Whole(trialMemory >> 20) + " MB for a trial's process" : null,
        ];
        var given = limits.Where(l => l is not null).ToList();
        return given.Count == 0 ? "no limit but the stages'" : string.Join("; ", given);
    }

    // asked for, not measured: no decimals that nobody wrote
    private static string Span(TimeSpan span) => Show.Seconds(span.TotalSeconds).Replace(".0 s", " s", StringComparison.Ordinal);
}
