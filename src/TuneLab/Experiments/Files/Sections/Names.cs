using TuneLab.Data;
using TuneLab.Experiments.Files.Shapes;
using TuneLab.Metrics;
using TuneLab.Pruners;
using TuneLab.Samplers;
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

    public static NameShape<MonotoneDirection> Directions { get; } = new([new("increasing", MonotoneDirection.Increasing), new("decreasing", MonotoneDirection.Decreasing)]);

    public static NameShape<Scale> Scales { get; } = new([new("linear", Scale.Linear), new("log", Scale.Log)]);

    public static NameShape<string> SplitKinds { get; } = Same(["stratified", "kfold", "group", "time", "bootstrap", Given]);

    public static TextShape Column { get; } = new("a column's name");

    /// <summary>Any task's: whether it fits the task is settled with the data.</summary>
    public static NameShape<string> Metrics { get; } = Same(MetricCatalog.All.Select(m => m.Id).Distinct());

    public static NameShape<string> Samplers { get; } = Same(SamplerCatalog.Ids);

    public static NameShape<string> Pruners { get; } = Same(PrunerCatalog.Ids);

    public static NameShape<FidelityKind> Fidelities { get; } = new([new("rows", FidelityKind.Rows), new("rounds", FidelityKind.Rounds), new("folds", FidelityKind.Folds)]);

    public static TextShape Trainer { get; } = new("a trainer's id, like boosting", false, "boosting", "forest", "linear");

    public static WholeShape<int> WholeFrom(int least, int? most = null) => new(new NumberLimits(least, most));

    /// <summary>In (0, 1].</summary>
    public static NumberShape Fraction { get; } = new(new NumberLimits(0, 1, MinOpen: true));

    private static NameShape<string> Same(IEnumerable<string> names) => new([.. names.Select(n => new KeyValuePair<string, string>(n, n))]);
}
