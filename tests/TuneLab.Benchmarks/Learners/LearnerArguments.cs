using System.Globalization;
using TuneLab.Errors;

namespace TuneLab.Benchmarks.Learners;

/// <summary>What the command line asks of a mode.</summary>
internal sealed class LearnerArguments
{
    public const string Usage = "[TABLE ...] [--rounds 100,500] [--leaves 31,255] [--threads 1,2] [--repeats 5] [--peers xgboost,histgb] [--compare boosting-31,...] [--python FILE] [--log FILE]";

    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    /// <param name="args">Names of tables, and options with a value each.</param>
    /// <exception cref="InputException">An option that there isn't, or one without its value.</exception>
    public LearnerArguments(string[] args)
    {
        var tables = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                tables.Add(args[i]);
            }
            else if (Usage.Contains("[" + args[i] + " ", StringComparison.Ordinal) && i + 1 < args.Length)
            {
                _options[args[i]] = args[++i];
            }
            else
            {
                throw new InputException($"The option '{args[i]}' is not known or lacks its value.", Usage);
            }
        }

        Tables = tables;
    }

    /// <summary>The tables asked for; empty: all.</summary>
    public IReadOnlyList<string> Tables { get; }

    /// <summary>Boosting rounds. <value>100 and 500</value></summary>
    public IReadOnlyList<int> Rounds => Numbers("--rounds", "100,500");

    /// <summary>Leaves of a tree. <value>31 and 255</value></summary>
    public IReadOnlyList<int> Leaves => Numbers("--leaves", "31,255");

    /// <summary>Threads. <value>1 and 2</value></summary>
    public IReadOnlyList<int> Threads => Numbers("--threads", "1,2");

    /// <summary>Measured repeats of each side. <value>5</value></summary>
    public int Repeats => Numbers("--repeats", "5")[0];

    /// <summary>The other side's libraries. <value>xgboost and histgb</value></summary>
    public IReadOnlyList<string> Peers => Text("--peers", "xgboost,histgb").Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is compared; empty: all in accuracy, boosting in time.</summary>
    public IReadOnlyList<string> Comparisons => Text("--compare", "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The interpreter that runs the peers; null: the first that has them.</summary>
    public string? Python => _options.GetValueOrDefault("--python");

    /// <summary>A file that every measured number is appended to, as JSON lines; null: none.</summary>
    public string? Log => _options.GetValueOrDefault("--log");

    private string Text(string option, string fallback) => _options.GetValueOrDefault(option, fallback);

    private int[] Numbers(string option, string fallback)
        => [.. Text(option, fallback).Split(',').Select(t => int.TryParse(t, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : throw new InputException($"{option} takes whole numbers of at least 1, not '{t}'.", Usage))];
}
