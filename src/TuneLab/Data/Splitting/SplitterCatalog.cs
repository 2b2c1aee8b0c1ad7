using TuneLab.Errors;

namespace TuneLab.Data.Splitting;

/// <summary>The splitters there are. A splitter is added here and nowhere else.</summary>
public static class SplitterCatalog
{
    private static readonly ISplitter[] All = [new StratifiedSplitter(), new KFoldSplitter(), new GroupSplitter(), new TimeSplitter(), new BootstrapSplitter(), new GivenSplitter()];

    /// <summary>Their ids: the values of <c>validate.kind</c>.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. All.Select(s => s.Id)];

    /// <summary>The splitter of that id, or null.</summary>
    public static ISplitter? Find(string id) => Array.Find(All, s => s.Id == id);

    /// <summary>The splitter of that id.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public static ISplitter Get(string id) => Find(id) ?? throw new InputException($"validate.kind '{id}' is not known.", Nearest.Hint(id, Ids, "kinds"));

    /// <summary>The id for a plan that names none: <c>given</c> when a split column is named, <c>time</c> when a time column is, <c>group</c> when a group column is, else <c>stratified</c> or, for regression, <c>kfold</c>.</summary>
    public static string DefaultFor(TaskTable table)
        => table.GivenValid is not null ? "given" : table.Times is not null ? "time" : table.Groups is not null ? "group" : table.Task == LearningTask.Regression ? "kfold" : "stratified";
}
