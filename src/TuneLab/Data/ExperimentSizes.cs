namespace TuneLab.Data;

/// <summary>Folds and trials that suit a table: a default run of a few thousand rows takes about a minute on two cores.</summary>
internal sealed class ExperimentSizes
{
    private const double TrainingShare = 0.8;

    public ExperimentSizes(TaskTable table)
    {
        var wanted = table.RowCount switch { <= 30_000 => 5, <= 200_000 => 3, _ => 2 };
        Trials = table.RowCount switch { <= 1_000 => 100, <= 10_000 => 80, <= 100_000 => 60, _ => 40 };

        // Every fold needs a row of each class, and the holdout takes a fifth of them before.
        var rarest = table.Task == LearningTask.Regression ? int.MaxValue : table.Target.GroupBy(t => t).Min(g => g.Count());
        var possible = (int)Math.Min(rarest * TrainingShare, table.RowCount * TrainingShare / 2);
        Kind = table.Task == LearningTask.Regression || possible < 2 ? "kfold" : "stratified";
        Folds = Math.Clamp(possible, 2, wanted);
    }

    /// <summary>The splitter's id.</summary>
    public string Kind { get; }

    /// <summary>Folds per repeat.</summary>
    public int Folds { get; }

    /// <summary>The budget.</summary>
    public int Trials { get; }
}
