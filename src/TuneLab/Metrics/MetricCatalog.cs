using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Metrics;

/// <summary>The metrics there are. A metric is added here and nowhere else.</summary>
public static class MetricCatalog
{
    /// <summary>Every metric, by task; each task's default comes first.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new Auc(), new AveragePrecision(), new LogLoss(LearningTask.Binary), new Accuracy(LearningTask.Binary), new MeanRecall(LearningTask.Binary), new F1(), new Precision(), new Recall(), new Mcc(), new Brier(),
        new LogLoss(LearningTask.Multiclass), new Accuracy(LearningTask.Multiclass), new MeanRecall(LearningTask.Multiclass), new MacroF1(), new TopK(3),
        new Rmse(), new Mae(), new Mape(), new RSquared(), new Rmsle(), new MedianAbsoluteError(),
    ];

    private static readonly Dictionary<LearningTask, Metric[]> ByTask = All.GroupBy(m => m.Task).ToDictionary(g => g.Key, g => g.ToArray());

    /// <summary>The metrics of a task, the default first.</summary>
    public static IReadOnlyList<Metric> ForTask(LearningTask task) => ByTask[task];

    /// <summary>What a plan that names no metric is judged by: auc, logloss, rmse.</summary>
    public static Metric Default(LearningTask task) => ByTask[task][0];

    /// <summary>The tasks that have a metric of that id; empty when there is none.</summary>
    public static IReadOnlyList<LearningTask> TasksOf(string id) => [.. All.Where(m => m.Id == id).Select(m => m.Task)];

    /// <summary>The metric of that id for a task, or null.</summary>
    public static Metric? Find(string id, LearningTask task) => Array.Find(ByTask[task], m => m.Id == id);

    /// <summary>The metric of that id for a task.</summary>
    /// <exception cref="InputException">There is none, or it belongs to another task; the message says which, and lists those of this task.</exception>
    public static Metric Get(string id, LearningTask task)
    {
        if (Find(id, task) is { } metric)
        {
            return metric;
        }

        string[] known = [.. ForTask(task).Select(m => m.Id)];
        var plural = "metrics of a " + Name(task) + " task";
        throw TasksOf(id) is { Count: > 0 } others
            ? new InputException($"The metric '{id}' is for {string.Join(" and ", others.Select(Name))}, and the task is {Name(task)}.", $"The {plural} are: {string.Join(", ", known)}.")
            : new InputException($"There is no metric '{id}'.", Nearest.Hint(id, known, plural));
    }

    /// <summary>The metric of that id for the table's task and label.</summary>
    /// <exception cref="InputException">There is none for the task, or it is not defined for such a label.</exception>
    public static Metric Get(string id, TaskTable table)
    {
        var metric = Get(id, table.Task);
        return metric.Objection(table.Target) is { } objection
            ? throw new InputException($"The metric '{id}' can't judge '{table.Roles.Label}': {objection}.", $"Choose another of the metrics of a {Name(table.Task)} task: {string.Join(", ", ForTask(table.Task).Where(m => m.Objection(table.Target) is null).Select(m => m.Id))}.")
            : metric;
    }

    /// <summary>Scores some metrics of one task; they share the sorting and counting that they have in common.</summary>
    /// <returns>[metrics], in their order; NaN where one is not defined.</returns>
    public static double[] ScoreAll(Predictions predictions, IReadOnlyList<Metric> metrics)
    {
        var scores = new double[metrics.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = metrics[i].Score(predictions);
        }

        return scores;
    }

    /// <summary>Ids and versions of a task's metrics as text, for cache keys.</summary>
    public static string Versions(LearningTask task) => string.Join(",", ForTask(task).Select(m => m.Id + "/" + m.Version.ToString(CultureInfo.InvariantCulture)));

    private static string Name(LearningTask task) => task.ToString().ToLowerInvariant();
}
