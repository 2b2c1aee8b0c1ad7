using System.Globalization;
using TuneLab.Errors;
using TuneLab.Testing;

namespace TuneLab.Benchmarks.Race;

/// <summary>What the command line asks of a race.</summary>
internal sealed class RaceArguments
{
    public const string Usage = "race [SECONDS ...] [--seeds 1,2] [--tables telco_churn,...] [--peers random_xgb,...] [--results FILE] [--python FILE]";

    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    /// <param name="args">Seconds, and options with a value each.</param>
    /// <exception cref="InputException">An option that there isn't, one without its value, or seconds that are no whole number.</exception>
    public RaceArguments(string[] args)
    {
        var seconds = new List<int>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                seconds.Add(Number(args[i]));
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

        Seconds = seconds.Count > 0 ? [.. seconds.Distinct().OrderDescending()] : [60, 20];
    }

    /// <summary>The budgets of TuneLab, the longest first: the one that the peers have.</summary>
    public IReadOnlyList<int> Seconds { get; }

    /// <summary>Each makes another split. <value>1 and 2</value></summary>
    public IReadOnlyList<int> Seeds => [.. Words("--seeds", "1,2").Select(Number)];

    /// <summary>Names of tables.</summary>
    public IReadOnlyList<string> Tables => Words("--tables", "telco_churn,adult,higgs_7k,covtype_20k,california_housing,wine_quality");

    /// <summary>The others, by race.py's names. <value>All that it has without further programs</value></summary>
    public IReadOnlyList<string> Peers => Words("--peers", "default_xgb,random_xgb,optuna_tpe_xgb,optuna_tpe_xgb_median,optuna_tpe_xgb_hyperband,sklearn_halving_histgb");

    /// <summary>Where results are kept and gone on from. <value>runs/race.jsonl of the checkout</value></summary>
    public string Results => Path.GetFullPath(_options.GetValueOrDefault("--results", RepositoryFile.At("runs/race.jsonl")));

    /// <summary>The interpreter that runs the peers; null: the first that has them.</summary>
    public string? Python => _options.GetValueOrDefault("--python");

    private string[] Words(string option, string usual) => _options.GetValueOrDefault(option, usual).Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new InputException($"'{text}' is no whole number of at least 1.", Usage);
}
