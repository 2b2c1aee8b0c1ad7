using TuneLab.Analysis.Findings;
using TuneLab.Data;
using TuneLab.Data.Splitting;
using TuneLab.Experiments.Commands;
using TuneLab.Training;

namespace TuneLab.Experiments;

/// <summary>A plan with its data read, its holdout set aside and everything settled; nothing is trained yet. Immutable.</summary>
/// <param name="Resolved">The settled plan.</param>
/// <param name="Data">The data; null where a program is tuned.</param>
/// <param name="Fingerprint">Identifies the data, or the program with its inputs.</param>
/// <param name="Training">Rows that are searched on, ascending; empty for a program.</param>
/// <param name="Holdout">Rows set aside, ascending; empty when the plan wants none.</param>
/// <param name="Identity">What makes two runs the same experiment; see <see cref="ExperimentIdentity"/>.</param>
public sealed record LoadedExperiment(ResolvedPlan Resolved, TaskTable? Data, string Fingerprint, int[] Training, int[] Holdout, string Identity)
{
    private readonly Lazy<TableLook?> _look = new(() => Data is null ? null : TableLook.Of(Data, new PlannedSplit(Resolved.SplitKind!, Resolved.Plan.Validate.Folds, Training, Holdout)));

    /// <summary>The data, for what works on tables alone.</summary>
    /// <exception cref="InvalidOperationException">A program is tuned.</exception>
    public TaskTable Table => Data ?? throw new InvalidOperationException("An experiment that tunes a program has no table.");

    /// <summary>What a look at the data tells, taken on first use; null where a program is tuned.</summary>
    public TableLook? Look => _look.Value;

    /// <summary>What is known before the first trial.</summary>
    /// <param name="storedTrials">Finished trials found in the store.</param>
    /// <param name="store">Where the store is.</param>
    public ExperimentStart Start(int storedTrials, string store) => new(Resolved, Data is null ? null : TableSummary.Of(Data), Training.Length, Holdout.Length, storedTrials, store) { Fingerprint = Fingerprint, Look = Look };

    /// <summary>Refuses to go on over what the look at the data found.</summary>
    /// <param name="strict">Whether a warning is enough; an error always is.</param>
    /// <exception cref="Errors.InputException">All findings that stop, each with what to do.</exception>
    public void RequireSound(bool strict) => TableFindings.Require(Look?.Findings ?? [], Data?.Data.Source ?? "", strict);

    /// <summary>Reads the data of a plan, or the inputs of its program, and settles it.</summary>
    /// <exception cref="Errors.InputException">The data or the plan is wrong.</exception>
    public static LoadedExperiment Load(ExperimentPlan plan, TrainerCatalog catalog, CancellationToken cancellation = default)
    {
        if (plan.Command is { } command)
        {
            var program = PlanResolver.Resolve(plan, command);
            var inputs = CommandFingerprint.Of(command, cancellation);
            return new LoadedExperiment(program, null, inputs, [], [], ExperimentIdentity.Of(program, inputs));
        }

        var data = plan.Data;
        var dataset = CsvDatasetReader.Read(data.File, new CsvOptions { Separator = data.Separator, Header = data.Header, Missing = data.Missing, Types = data.Types }, cancellation);
        return From(plan, dataset, catalog);
    }

    /// <summary>The same from a dataset in memory.</summary>
    /// <exception cref="Errors.InputException">The data or the plan is wrong.</exception>
    public static LoadedExperiment From(ExperimentPlan plan, Dataset dataset, TrainerCatalog catalog)
    {
        var roles = plan.Data.Roles with { Split = plan.Validate.Column };
        return From(plan, TaskTableBuilder.Build(dataset, roles, PlanResolver.TaskOf(plan)), catalog);
    }

    private static LoadedExperiment From(ExperimentPlan plan, TaskTable table, TrainerCatalog catalog)
    {
        var kind = PlanResolver.SplitKindOf(plan, table);
        var (training, holdout) = plan.Validate is { Nested: { } nested, Outer: { } outer } ? OuterFolds.Split(table, kind, nested, outer) : Splitting(table, kind, plan.Validate.Holdout);
        var folds = kind == "given" ? 1 : plan.Validate.Folds;
        var foldRows = kind == "given" ? table.GivenValid!.Count(v => !v) : (int)((long)training.Length * (folds - 1) / folds);
        var resolved = PlanResolver.Resolve(plan, table, catalog, foldRows);
        return new LoadedExperiment(resolved, table, table.Fingerprint, training, holdout, ExperimentIdentity.Of(resolved, table.Fingerprint));
    }

    /// <summary>Another plan about the same data, with the trainers of this one.</summary>
    /// <exception cref="Errors.InputException">The plan is wrong for the data.</exception>
    internal LoadedExperiment Reloaded(ExperimentPlan plan) => From(plan, Table, new TrainerCatalog([.. Resolved.Trainers.Select(t => t.Trainer).OfType<ITrainer>()]));

    /// <summary>Another plan about other data, with the trainers of this one.</summary>
    /// <exception cref="Errors.InputException">The plan is wrong for the data.</exception>
    internal LoadedExperiment Reloaded(ExperimentPlan plan, Dataset data) => From(plan, data, new TrainerCatalog([.. Resolved.Trainers.Select(t => t.Trainer).OfType<ITrainer>()]));

    private static (int[] Training, int[] Holdout) Splitting(TaskTable table, string kind, double fraction) => TuneLab.Data.Splitting.Holdout.Split(table, kind, fraction);
}
