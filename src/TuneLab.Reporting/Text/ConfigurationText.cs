using TuneLab.Experiments;
using TuneLab.Space;

namespace TuneLab.Reporting.Text;

/// <summary>A configuration as people read it, and as the experiment file takes it.</summary>
internal static class ConfigurationText
{
    /// <summary>Said of a value that the search changed.</summary>
    public const string Changed = "changed";

    private const string NotUsed = "not used"; // its condition is not met

    /// <summary>One line: <c>learning_rate 0.0312, leaves 24</c>; rounded.</summary>
    public static string Line(Configuration configuration)
        => configuration.Values.Count == 0 ? "no hyperparameters" : string.Join(", ", configuration.Values.Select(v => v.Key + " " + Value(v.Value)));

    /// <summary>A value, rounded.</summary>
    public static string Value(ParameterValue value) => value.Name ?? Show.Short(value.Number);

    /// <summary>Lines to paste into an experiment file: that trainer alone, each hyperparameter fixed, every digit kept.</summary>
    public static string Yaml(Configuration configuration)
    {
        List<string> lines = ["trainers: [" + Scalar(configuration.Trainer) + "]"];
        if (configuration.Values.Count > 0)
        {
            lines.Add("space:");
            lines.Add("  " + Scalar(configuration.Trainer) + ":");
            lines.AddRange(configuration.Values.Select(v => "    " + Scalar(v.Key) + ": " + (v.Value.Name is { } name ? Scalar(name) : v.Value.ToString())));
        }

        return string.Join("\n", lines);
    }

    /// <summary>The values alone, every digit kept.</summary>
    public static string ProgramYaml(Configuration configuration) => string.Join("\n", configuration.Values.Select(v => Scalar(v.Key) + ": " + (v.Value.Name is { } name ? Scalar(name) : v.Value.ToString())));

    /// <summary>What the winner has that its trainer's default has not.</summary>
    /// <returns>Name, the winner's value and the default's, <c>not used</c> where one side does not have it; and where they differ because of the search, or because the loss curve said how many rounds.</returns>
    public static IReadOnlyList<(string Name, string Winner, string Default, string Why)> Changes(RunRecord record)
    {
        var (best, searched) = (record.Result.Best.Settled, record.Result.Best.Configuration.Values);
        var known = record.Start.Plan.Trainers.FirstOrDefault(t => t.Trainer.Info.Id == best.Trainer)?.Default.Values;
        return
        [
            .. best.Values.Keys.Union(known?.Keys ?? []).Order(StringComparer.Ordinal).Select(name =>
            {
                ParameterValue? mine = best.Values.TryGetValue(name, out var m) ? (ParameterValue?)m : null;
                ParameterValue? theirs = known is not null && known.TryGetValue(name, out var t) ? (ParameterValue?)t : null;
                ParameterValue? tried = searched.TryGetValue(name, out var s) ? (ParameterValue?)s : null;
                return (name, mine is { } a ? Value(a) : NotUsed, theirs is { } b ? Value(b) : NotUsed, tried != theirs ? Changed : mine != tried ? "by the loss curve" : "");
            }),
        ];
    }

    // a plain word stays plain; what YAML could take for a number, a boolean or a structure is quoted
    private static string Scalar(string text)
        => text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            && text.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n")
            ? text
            : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "\"";
}
