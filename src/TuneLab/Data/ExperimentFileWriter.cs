using System.Text;
using TuneLab.Errors;
using TuneLab.Metrics;

namespace TuneLab.Data;

/// <summary>Writes the experiment file of <c>init</c>: every section with a value that suits the table, and why. The file runs as it is.</summary>
public static class ExperimentFileWriter
{
    /// <summary>The schema's name beside experiment files; editors are pointed to it when it is there.</summary>
    public const string SchemaFile = "experiment.schema.json";

    /// <summary>The text of the experiment file.</summary>
    /// <param name="data">The table, as read.</param>
    /// <param name="request">The label, and what else is known.</param>
    /// <exception cref="InputException">No such label, metric, or nothing to learn: the errors of <see cref="TaskTableBuilder"/>.</exception>
    public static string Write(Dataset data, ExperimentFileRequest request)
    {
        _ = data[request.Label];
        var useless = Useless(data, request.Label);
        var roles = new DataRoles { Label = request.Label, Ignore = [.. useless.Select(u => u.Column)] };
        var table = TaskTableBuilder.Build(data, roles, request.Task ?? TaskOf(request.Metric, data, roles));
        var metric = request.Metric is null ? MetricCatalog.Default(table.Task) : MetricCatalog.Get(request.Metric, table.Task);
        var sizes = new ExperimentSizes(table);
        var name = request.Name ?? Path.GetFileNameWithoutExtension(request.DataFile);

        var text = new StringBuilder();
        if (File.Exists(Path.Combine(request.Folder, SchemaFile)))
        {
            text.Append("# yaml-language-server: $schema=").Append(SchemaFile).Append('\n');
        }

        foreach (var comment in request.Preface)
        {
            text.Append(comment).Append('\n');
        }

        text.Append("name: ").Append(YamlScalar.Of(name)).Append('\n');
        text.Append("question: ").Append(YamlScalar.Of(request.Question ?? $"Which model predicts {request.Label} best?")).Append('\n');
        if (request.Hypothesis is not "")
        {
            text.Append("hypothesis: ").Append(YamlScalar.Of(request.Hypothesis ?? $"Tuning beats the best default configuration in {metric.Id}.")).Append('\n');
        }

        text.Append("expect: ").Append(request.Expect ?? "{ beats: default, by: 0 }").Append("   # by: 0.01 or by: 5% asks for more; { metric: ").Append(metric.Id).Append(", at_least: ... } for a score\n");
        AppendData(text, table, request, useless);
        text.Append("task: ").Append(table.Task.ToString().ToLowerInvariant()).Append('\n');
        text.Append("metric: ").Append(metric.Id).Append("   # or ").Append(string.Join(", ", MetricCatalog.ForTask(table.Task).Where(m => m != metric).Select(m => m.Id))).Append('\n');
        text.Append("validate: { kind: ").Append(sizes.Kind).Append(", folds: ").Append(sizes.Folds).Append(", holdout: 0.2 }   # the holdout is set aside first and decides the verdict\n");
        if (table.Features.FirstOrDefault(f => f.Type == ColumnType.Date) is { } date)
        {
            text.Append("# If the model is to predict rows later than ").Append(OneLine(date.Name)).Append(", say kind: time here and time: ").Append(OneLine(YamlScalar.Of(date.Name))).Append(" under data.\n");
        }

        text.Append("# trainers: [boosting, forest, linear]   # left out: every trainer that fits the task\n");
        text.Append("seed: 1\n");
        text.Append("budget: { trials: ").Append(sizes.Trials).Append(" }   # also time: 5m, deadline: \"07:30\", target, patience\n");
        text.Append("# stages: left out, they are made from the table's size and the budget, and printed\n");
        text.Append("output: { folder: ").Append(YamlScalar.Of("runs/" + name)).Append(" }\n");
        return text.ToString();
    }

    private static void AppendData(StringBuilder text, TaskTable table, ExperimentFileRequest request, List<(string Column, string Why)> useless)
    {
        text.Append("data:   # ").Append(table.RowCount).Append(" rows, ").Append(table.Features.Count).Append(" features");
        text.Append(table.RowsWithoutLabel > 0 ? $"; {table.RowsWithoutLabel} rows without a label are left out\n" : "\n");
        text.Append("  file: ").Append(YamlScalar.Of(Path.GetRelativePath(request.Folder, request.DataFile).Replace('\\', '/'))).Append('\n');
        text.Append("  label: ").Append(YamlScalar.Of(request.Label)).Append('\n');
        if (table.Task == LearningTask.Binary)
        {
            var share = table.Target.Average();
            text.Append("  positive: ").Append(YamlScalar.Of(table.Classes[1])).Append("   # the class that counts as 1, in ")
                .Append((100 * share).ToString("0.#", CultureInfo.InvariantCulture)).Append(" % of the rows; the other one is ").Append(OneLine(YamlScalar.Of(table.Classes[0]))).Append('\n');
        }

        AppendOptions(text, request.Csv);
        if (useless.Count == 0)
        {
            text.Append("  ignore: []   # columns that are no features\n");
            return;
        }

        text.Append("  ignore:   # columns that are no features\n");
        foreach (var (column, why) in useless)
        {
            text.Append("    - ").Append(YamlScalar.Of(column)).Append("   # ").Append(why).Append('\n');
        }
    }

    private static void AppendOptions(StringBuilder text, CsvOptions options)
    {
        if (options.Separator is { } separator)
        {
            text.Append("  separator: ").Append(separator == '\t' ? "tab" : YamlScalar.Quoted(separator.ToString())).Append('\n');
        }

        if (options.Header is { } header)
        {
            text.Append("  header: ").Append(header ? "true" : "false").Append('\n');
        }

        if (options.Missing is { } missing)
        {
            text.Append("  missing: [").Append(string.Join(", ", missing.Select(YamlScalar.Quoted))).Append("]\n");
        }

        if (options.Types.Count > 0)
        {
            var types = options.Types.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{YamlScalar.Of(t.Key)}: {t.Value.ToString().ToLowerInvariant()}");
            text.Append("  types: { ").Append(string.Join(", ", types)).Append(" }\n");
        }
    }

    // Constants always go; identifiers unless nothing else would be left.
    private static List<(string Column, string Why)> Useless(Dataset data, string label)
    {
        var profile = DatasetProfiler.Profile(data);
        var features = profile.Columns.Where(c => c.Name != label).ToArray();
        var constant = features.Where(c => c.Constant).Select(c => (c.Name, c.Distinct == 0 ? "always missing" : "has one value only: " + OneLine(c.Examples[0])));
        var identifier = features.Where(c => c is { Identifier: true, Constant: false }).Select(c => (c.Name, "looks like an identifier: every row has another value")).ToArray();
        var keepsOther = features.Any(c => c is { Identifier: false, Constant: false });
        return [.. constant, .. keepsOther ? identifier : []];
    }

    private static LearningTask? TaskOf(string? metric, Dataset data, DataRoles roles)
    {
        if (metric is null)
        {
            return null;
        }

        var tasks = MetricCatalog.TasksOf(metric);
        return tasks.Count switch
        {
            0 => throw new InputException($"There is no metric '{metric}'.", Nearest.Hint(metric, [.. MetricCatalog.All.Select(m => m.Id).Distinct()], "metrics")),
            1 => tasks[0],
            _ => TaskTableBuilder.Build(data, roles).Task is var inferred && tasks.Contains(inferred) ? inferred : tasks[0],
        };
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
