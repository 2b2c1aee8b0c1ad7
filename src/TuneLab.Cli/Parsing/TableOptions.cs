using System.CommandLine;
using TuneLab.Cli.Commands;
using TuneLab.Errors;

namespace TuneLab.Cli.Parsing;

/// <summary>Options that say what to learn from a table for which there is no experiment file yet.</summary>
internal sealed class TableOptions(string prefix)
{
    public Option<string?> Label { get; } = Options.Text("--label", "COLUMN", prefix + "the column to predict.");

    public Option<string?> Metric { get; } = Options.Text("--metric", "ID", prefix + "the metric to tune for. Default: auc, logloss or rmse by task.");

    public Option<string?> Task { get; } = Options.Text("--task", "TASK", prefix + "binary, multiclass or regression. Default: from the label.");

    public void AddTo(Command command)
    {
        command.Options.Add(Label);
        command.Options.Add(Metric);
        command.Options.Add(Task);
    }

    /// <summary>The experiment file to run: the source itself, or the one written for a table.</summary>
    /// <exception cref="InputException">The options don't fit the source.</exception>
    public string FileOf(Invocation call, string source)
    {
        if (Path.GetExtension(source).ToLowerInvariant() is ".yaml" or ".yml" or ".json")
        {
            string[] given = [.. new[] { Label, Metric, Task }.Where(o => call.Value(o) is not null).Select(o => o.Name)];
            return given.Length == 0 ? call.Environment.Resolve(source)
                : throw new InputException($"{string.Join(" and ", given)} can't be given with an experiment file: '{source}' says that itself.", "Change the file, or use --set, for example --set metric=logloss.");
        }

        throw new InputException($"'{source}' is no experiment file.", "Experiment files end in .yaml.");
    }
}
