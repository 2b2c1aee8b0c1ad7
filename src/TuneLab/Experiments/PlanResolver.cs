using TuneLab.Data;
using TuneLab.Data.Splitting;
using TuneLab.Errors;
using TuneLab.Experiments.Commands;
using TuneLab.Experiments.Nested;
using TuneLab.Metrics;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Experiments;

/// <summary>Settles what a plan leaves open until the data are there: task, metric, split, trainers, spaces and stages.</summary>
internal static class PlanResolver
{
    private const int TrialsWhenNothingLimits = 100;

    // nobody knows how many rows a program has; that it takes a fraction of them says that there are many
    private const int RowsOfAProgram = 25_000;

    /// <summary>The task that the plan fixes by itself: the named one, else the only one that its metric belongs to, else null.</summary>
    /// <exception cref="InputException">There is no such metric.</exception>
    public static LearningTask? TaskOf(ExperimentPlan plan)
    {
        if (plan.Task is not null || plan.Metric is null)
        {
            return plan.Task;
        }

        var tasks = MetricCatalog.TasksOf(plan.Metric);
        return tasks.Count switch
        {
            0 => throw new InputException($"There is no metric '{plan.Metric}'.", Nearest.Hint(plan.Metric, [.. MetricCatalog.All.Select(m => m.Id).Distinct()], "metrics")),
            1 => tasks[0],
            _ => null,
        };
    }

    /// <summary>Settles the plan.</summary>
    /// <param name="plan">The parsed plan.</param>
    /// <param name="table">Its data.</param>
    /// <param name="catalog">The trainers there are.</param>
    /// <param name="foldRows">Rows that a fold trains on, about: what <c>auto</c> sizes its samples by.</param>
    /// <exception cref="InputException">Everything that does not fit, at once.</exception>
    public static ResolvedPlan Resolve(ExperimentPlan plan, TaskTable table, TrainerCatalog catalog, int foldRows)
    {
        var faults = new List<string>();
        var metric = Collect(faults, () => plan.Metric is null ? MetricCatalog.Default(table.Task) : MetricCatalog.Get(plan.Metric, table));
        var kind = SplitKindOf(plan, table);
        var summary = TableSummary.Of(table);
        var trainers = Trainers(plan, summary, catalog, faults);
        CheckStages(plan, [.. trainers.Select(t => t.Trainer.Info)], faults);
        CheckExpectation(plan, table, trainers, faults);
        if (faults.Count > 0)
        {
            throw new InputException($"{plan.File ?? plan.Name} does not fit the data or this build:", faults);
        }

        var (budget, stages) = Settled(plan, foldRows, trainers, kind == "given" ? 1 : plan.Validate.Folds * plan.Validate.Repeats);
        return new ResolvedPlan(plan with { Budget = budget }, table.Task, metric!, kind, trainers, stages, plan.Stages.Count == 0)
        {
            LeftOut = plan.Trainers.Count > 0 ? [] : [.. catalog.DefaultsFor(table.Task).Where(t => !Keeps(t, summary)).Select(t => t.Info.Id)],
        };
    }

    /// <summary>Settles a plan that tunes a program.</summary>
    /// <exception cref="InputException">Everything that does not fit, at once.</exception>
    public static ResolvedPlan Resolve(ExperimentPlan plan, CommandPlan command)
        => Program(plan, command, HasRows(command) ? [] : plan.Stages.Where(s => s.Rows < 1 || s is { Halving: not null, Over: FidelityKind.Rows })
            .Select(s => $"Stage '{s.Name}' gives part of the rows, but 'run' has no {{rows}}; write it there, or give part of the folds, its seeds (over: folds)."));

    private static bool HasRows(CommandPlan command) => CommandLine.TryParse(command.Run, out var line, out _) && line.Placeholders.Contains(CommandRules.Rows);

    private static ResolvedPlan Program(ExperimentPlan plan, CommandPlan command, IEnumerable<string> more)
    {
        var edits = plan.Space.GetValueOrDefault(CommandPlan.Trainer) ?? new Dictionary<string, ParameterEdit>();
        var faults = CommandRules.Faults(command.Run, command.Rounds, edits).Select(f => f.Text).ToList();
        var wrong = new List<(string Parameter, string Text)>();
        var (space, start) = CommandSpace.Build(edits, wrong);
        faults.AddRange(wrong.Select(w => w.Text));
        CheckStages(plan, [], faults);
        faults.AddRange(more);
        faults.AddRange(plan.Stages.Where(s => s.Rounds < 1).Select(s => $"Stage '{s.Name}' gives part of the rounds, but a program can't go on where it stopped; give part of the rows or of the folds, its seeds."));
        if (CommandRules.ExpectationFault(plan.Expect) is { } fault)
        {
            faults.Add(fault);
        }

        if (faults.Count > 0)
        {
            throw new InputException($"{plan.File ?? plan.Name} can't be run:", faults);
        }

        var trainer = new PlannedTrainer(new CommandTrainer(space, start, command.Rounds), space, start);
        var (budget, stages) = Settled(plan, HasRows(command) ? RowsOfAProgram : 0, [trainer], 1);
        return new ResolvedPlan(plan with { Budget = budget, Metric = plan.Metric ?? CommandPlan.DefaultMetric }, null, new ReportedScore(plan.Metric ?? CommandPlan.DefaultMetric, command.Maximize), null,
            [trainer], stages, plan.Stages.Count == 0);
    }

    /// <summary>The plan of a stored experiment, which leaves nothing open.</summary>
    /// <param name="plan">As the store has it.</param>
    /// <param name="table">Its data; null for a program.</param>
    /// <param name="catalog">The trainers there are.</param>
    /// <param name="auto">Whether the stages were made by <c>auto</c>.</param>
    /// <exception cref="InputException">This build does not have one of its trainers, or its metric.</exception>
    public static ResolvedPlan Stored(ExperimentPlan plan, TableSummary? table, TrainerCatalog catalog, bool auto)
    {
        if (plan.Command is { } command)
        {
            return Program(plan, command, []) with { StagesAreAuto = auto };
        }

        var faults = new List<string>();
        var metric = Collect(faults, () => MetricCatalog.Get(plan.Metric!, table!.Task));
        var trainers = Trainers(plan, table!, catalog, faults);
        return faults.Count > 0 ? throw new InputException($"This build can't show '{plan.Name}':", faults) : new ResolvedPlan(plan, table!.Task, metric!, plan.Validate.Kind, trainers, plan.Stages, auto);
    }

    /// <summary>The splitter's id: named, or the one that the roles ask for.</summary>
    public static string SplitKindOf(ExperimentPlan plan, TaskTable table) => plan.Validate.Kind ?? SplitterCatalog.DefaultFor(table);

    private static (BudgetPlan Budget, IReadOnlyList<StagePlan> Stages) Settled(ExperimentPlan plan, int foldRows, IReadOnlyList<PlannedTrainer> trainers, int folds)
    {
        var budget = plan.Budget;
        var searches = plan.Stages.Where(s => s.Name != "confirm").ToList();
        if (budget is { Time: null, Trials: null, Target: null, Patience: null, Deadline: null } && (searches.Count == 0 || searches.Any(s => s.Trials is null)))
        {
            // a stage that says nothing would never end; it has at least as many as those that do
            budget = budget with { Trials = Math.Max(TrialsWhenNothingLimits, trainers.Count + (2 * searches.Sum(s => (s.Trials ?? 0) * s.Passes))) };
        }

        var stages = plan.Stages.Count == 0 ? AutoStages.For(foldRows, trainers.Count, budget.Trials ?? (budget is { Time: null, Deadline: null } ? TrialsWhenNothingLimits : null), NestedSearch.Share(plan).Time?.TotalSeconds ?? double.PositiveInfinity, folds) : plan.Stages;
        if (stages[^1].Name != "confirm")
        {
            stages = [.. stages, new StagePlan { Name = "confirm" }];
        }

        // no more starting points than there are
        var starts = stages.Any(s => s.Starts > 0) ? trainers.Max(t => t.Starts.Count) : 0;
        return (budget, [.. stages.Select(s => WithDefaults(s, plan.Command is null ? "paired" : "median") with { Starts = Math.Min(s.Starts, starts) })]);
    }

    private static StagePlan WithDefaults(StagePlan stage, string prune)
        => stage with { Sampler = stage.Sampler ?? stage.Name switch { "refine" => "sobol", "polish" => "gp", _ => "random" }, Prune = stage.Prune ?? prune };

    private static List<PlannedTrainer> Trainers(ExperimentPlan plan, TableSummary table, TrainerCatalog catalog, List<string> faults)
    {
        var chosen = new List<ITrainer>();
        foreach (var id in plan.Trainers)
        {
            if (Collect(faults, () => catalog[id]) is not { } trainer)
            {
                continue;
            }

            if (!trainer.Info.Tasks.Contains(table.Task))
            {
                faults.Add($"The trainer '{id}' does not learn {table.Task.ToString().ToLowerInvariant()} tasks; it learns {string.Join(" and ", trainer.Info.Tasks).ToLowerInvariant()}.");
            }
            else if (!Keeps(trainer, table))
            {
                faults.Add($"The trainer '{id}' can't keep the monotone {Directions(table)}; take it out of 'trainers' or the columns out of 'data.monotone'. {WhoKeeps(table, catalog)}");
            }
            else
            {
                chosen.Add(trainer);
            }
        }

        if (plan.Trainers.Count == 0)
        {
            chosen.AddRange(catalog.DefaultsFor(table.Task).Where(t => Keeps(t, table)));
            if (chosen.Count == 0)
            {
                // those of another engine are better than none
                chosen.AddRange(catalog.All.Where(t => t.Info.Tasks.Contains(table.Task) && Keeps(t, table)));
            }

            if (chosen.Count == 0)
            {
                faults.Add($"No trainer of this build can keep the monotone {Directions(table)}.");
            }

            // whoever says where to search a trainer wants it searched
            chosen.AddRange(plan.Space.Keys.Select(catalog.Find).OfType<ITrainer>().Where(t => t.Info.Tasks.Contains(table.Task) && Keeps(t, table) && !chosen.Contains(t)));
        }

        foreach (var id in plan.Space.Keys.Where(id => chosen.All(t => t.Info.Id != id)))
        {
            faults.Add(catalog.Find(id) is null && plan.Trainers.Count == 0
                ? Joined(catalog.Unknown(id))
                : $"'space' names the trainer '{id}', which this experiment does not use; its trainers are: {string.Join(", ", chosen.Select(t => t.Info.Id))}.");
        }

        var planned = new List<PlannedTrainer>();
        foreach (var trainer in chosen)
        {
            var info = trainer.Info;
            var edits = plan.Space.GetValueOrDefault(info.Id) ?? new Dictionary<string, ParameterEdit>();
            var edited = SpaceEditor.Apply(info.Id, info.Parameters, info.DefaultSpace, info.Default, edits);
            faults.AddRange(edited.Faults);
            planned.Add(new PlannedTrainer(trainer, edited.Space, new Configuration(info.Id, info.Default.Values.Concat(edited.FixedValues))));
        }

        return planned;
    }

    private static bool Keeps(ITrainer trainer, TableSummary table) => table.Roles.Monotone.Count == 0 || trainer.Info.Monotone;

    private static string Directions(TableSummary table)
        => (table.Roles.Monotone.Count == 1 ? "direction of " : "directions of ") + string.Join(", ", table.Roles.Monotone.Keys.Order(StringComparer.Ordinal).Select(c => $"'{c}'"));

    private static string WhoKeeps(TableSummary table, TrainerCatalog catalog)
    {
        var able = catalog.All.Where(t => t.Info.Monotone && t.Info.Tasks.Contains(table.Task)).Select(t => t.Info.Id).ToList();
        return able.Count == 0 ? "No trainer of this build can." : "Those that can: " + string.Join(", ", able) + ".";
    }

    private static void CheckStages(ExperimentPlan plan, IReadOnlyList<TrainerInfo> trainers, List<string> faults)
    {
        var whole = trainers.Where(t => !t.Incremental).Select(t => t.Id).ToList();
        foreach (var stage in whole.Count == 0 ? [] : plan.Stages.Where(s => s.Rounds < 1))
        {
            faults.Add($"Stage '{stage.Name}' gives part of the rounds, but {string.Join(", ", whole)} can't stop between rounds; give part of the rows or folds (over: rows, over: folds), or name trainers that can in 'trainers'.");
        }

        foreach (var stage in plan.Stages.Where(s => s.Sampler is not null))
        {
            Collect(faults, () => SamplerCatalog.Get(stage.Sampler!));
        }

        if (plan.Validate.Kind is { } kind)
        {
            Collect(faults, () => SplitterCatalog.Get(kind));
        }
    }

    private static void CheckExpectation(ExperimentPlan plan, TaskTable table, IReadOnlyList<PlannedTrainer> trainers, List<string> faults)
    {
        if (plan.Expect.Trainer is { } subject && trainers.All(t => t.Trainer.Info.Id != subject))
        {
            faults.Add($"'expect.trainer' is '{subject}', which this experiment does not search; " + Nearest.Hint(subject, [.. trainers.Select(t => t.Trainer.Info.Id)], "trainers"));
        }

        if (plan.Expect.Metric is { } metric)
        {
            Collect(faults, () => MetricCatalog.Get(metric, table));
        }
    }

    private static T? Collect<T>(List<string> faults, Func<T> check)
        where T : class
    {
        try
        {
            return check();
        }
        catch (InputException e)
        {
            faults.Add(Joined(e));
            return null;
        }
    }

    private static string Joined(InputException e) => e.Hint is { Length: > 0 } hint ? e.Message + " " + char.ToUpperInvariant(hint[0]) + hint[1..] : e.Message;
}
