using System.CommandLine;
using TuneLab.Cli.Commands;
using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Cli.Parsing;

/// <summary>Options that say what to learn from a table for which there is no experiment file yet.</summary>
/// <param name="prefix">Begins their descriptions.</param>
internal sealed class TableOptions(string prefix = "")
{
    private readonly Option<string?> _label = Options.Text("--label", "COLUMN", prefix + "The column to predict.");
    private readonly Option<string?> _metric = Options.Text("--metric", "ID", prefix + "The metric to tune for. Default: auc, logloss or rmse, by the task.");
    private readonly Option<string?> _task = Options.Text("--task", "TASK", prefix + "binary, multiclass or regression. Default: from the label.");

    public void AddTo(Command command)
    {
        command.Options.Add(_label);
        command.Options.Add(_metric);
        command.Options.Add(_task);
    }

    /// <summary>Those of the options that are given.</summary>
    public IReadOnlyList<string> Given(Invocation call) => [.. new[] { _label, _metric, _task }.Where(o => call.Value(o) is not null).Select(o => o.Name)];

    /// <summary>What the writer of experiment files is to be told.</summary>
    /// <param name="call">The call.</param>
    /// <param name="table">The table as typed.</param>
    /// <exception cref="InputException">There is no label, or no such task.</exception>
    public ExperimentFileRequest Request(Invocation call, string table)
    {
        var label = call.Value(_label)
            ?? throw new InputException($"'{table}' is no experiment file (.yaml), and for a table it is not said which column to predict.", $"Add --label COLUMN; 'tunelab describe {table}' shows the columns.");
        return new ExperimentFileRequest
        {
            DataFile = call.Environment.Resolve(table),
            Folder = call.Environment.WorkingDirectory,
            Label = label,
            Metric = call.Value(_metric),
            Task = call.Value(_task) is { } task ? Parse(task) : null,
        };
    }

    private static LearningTask Parse(string text)
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            if (string.Equals(task.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return task;
            }
        }

        throw new InputException($"--task is '{text}'.", Nearest.Hint(text, [.. Enum.GetNames<LearningTask>().Select(n => n.ToLowerInvariant())], "tasks"));
    }
}
