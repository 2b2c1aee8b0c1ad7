using TuneLab.Data;
using TuneLab.Experiments.Files.Shapes;
using TuneLab.Space;

namespace TuneLab.Experiments.Files.Sections;

/// <summary>The words that the file uses for the values of enumerations, and shapes that several sections share.</summary>
internal static class Names
{
    public const string Given = "given";
    public const string Confirm = "confirm";

    public static NameShape<LearningTask> Tasks { get; } = new(
    [
        new("binary", LearningTask.Binary), new("multiclass", LearningTask.Multiclass), new("regression", LearningTask.Regression),
    ]);

    public static NameShape<ColumnType> ColumnTypes { get; } = new(
    [
        new("number", ColumnType.Number), new("category", ColumnType.Category), new("boolean", ColumnType.Boolean), new("date", ColumnType.Date), new("text", ColumnType.Text),
    ]);

    public static NameShape<Scale> Scales { get; } = new([new("linear", Scale.Linear), new("log", Scale.Log)]);

    public static NameShape<string> SplitKinds { get; } = new(
        [.. new[] { "stratified", "kfold", "group", "time", "bootstrap", Given }.Select(k => new KeyValuePair<string, string>(k, k))]);

    public static TextShape Column { get; } = new("a column's name");

    public static TextShape Metric { get; } = new(
        "a metric's id, like auc", false,
        "auc", "prauc", "logloss", "accuracy", "balanced_accuracy", "f1", "precision", "recall", "mcc", "brier",
        "macro_accuracy", "macro_f1", "top_k", "rmse", "mae", "mape", "r2", "rmsle", "median_ae");

    public static TextShape Trainer { get; } = new("a trainer's id, like boosting", false, "boosting", "forest", "linear");

    public static WholeShape<int> WholeFrom(int least, int? most = null) => new(new NumberLimits(least, most));

    /// <summary>In (0, 1].</summary>
    public static NumberShape Fraction { get; } = new(new NumberLimits(0, 1, MinOpen: true));
}
