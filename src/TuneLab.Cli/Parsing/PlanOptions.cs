using System.CommandLine;
using TuneLab.Cli.Commands;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;

namespace TuneLab.Cli.Parsing;

/// <summary>Options that change an experiment file for one call.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string?> _time = Options.Text("--time", "DURATION", "Short for --set budget.time=DURATION: 90s, 5m, 2h, 1d.");
    private readonly Option<string?> _trials = Options.Text("--trials", "N", "Short for --set budget.trials=N.");
    private readonly Option<string?> _seed = Options.Text("--seed", "N", "Short for --set seed=N.");

    private readonly Option<string[]> _set = new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "Replaces a value of the experiment file, such as validate.folds=10 or stages.0.trials=20. May be given several times.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _out = Options.Text("--out", "FOLDER", "Where the files go. Default: what the experiment file says.");

    public void AddTo(Command command)
    {
        command.Options.Add(_time);
        command.Options.Add(_trials);
        command.Options.Add(_seed);
        command.Options.Add(_set);
        command.Options.Add(_out);
    }

    /// <summary>The plan in a file with these options put over it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="file">The experiment file, absolute.</param>
    /// <exception cref="InputException">The file or an option is wrong.</exception>
    public ExperimentPlan Read(Invocation call, string file)
    {
        var overrides = new List<KeyValuePair<string, string>>();
        foreach (var setting in call.Value(_set) ?? [])
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            overrides.Add(at > 0
                ? new(setting[..at].Trim(), setting[(at + 1)..])
                : throw new InputException($"--set is '{setting}'; it takes KEY=VALUE.", "For example: --set validate.folds=10."));
        }

        (string Option, string Key, string? Value)[] shorts = [("--time", "budget.time", call.Value(_time)), ("--trials", "budget.trials", call.Value(_trials)), ("--seed", "seed", call.Value(_seed))];
        overrides.AddRange(shorts.Where(s => s.Value is not null).Select(s => new KeyValuePair<string, string>(s.Key, s.Value!)));
        ExperimentPlan plan;
        try
        {
            plan = PlanReader.ReadFile(file, overrides);
        }
        catch (InputException e) when (shorts.Any(s => s.Value is not null && e.Message.Contains($"--set {s.Key}={s.Value}", StringComparison.Ordinal)))
        {
            // the person typed the short form
            string Typed(string text) => shorts.Where(s => s.Value is not null).Aggregate(text, (t, s) => t.Replace($"--set {s.Key}={s.Value}", $"{s.Option} {s.Value}", StringComparison.Ordinal));
            throw new InputException(Path.GetFileName(file) + " has faults:", [.. e.Faults.Select(Typed)], e.Hint);
        }

        return call.Value(_out) is { } folder ? plan with { Output = plan.Output with { Folder = call.Environment.Resolve(folder) } } : plan;
    }
}
