using System.CommandLine;
using System.CommandLine.Help;
using TuneLab.Cli.Commands;
using TuneLab.Cli.Commands.Queue;
using TuneLab.Cli.Commands.Work;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;

namespace TuneLab.Cli;

/// <summary>The whole of <c>tunelab</c>, without a process around it.</summary>
public static class CliApp
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The words after <c>tunelab</c>.</param>
    /// <param name="output">What the verb answers; with <c>--json</c> one JSON document and nothing else.</param>
    /// <param name="error">Errors, notes, and the progress of a run whose output is a document.</param>
    /// <param name="environment">The outside world.</param>
    /// <returns>The exit code: 0 done, 1 the work failed, 2 the input is wrong, 3 stopped early, 4 no verdict.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CliEnvironment environment)
    {
        // Asked before parsing: an error in the options is reported in the form that they ask for.
        var json = Array.IndexOf(args, CommonOptions.JsonName) >= 0;
        var verbose = Array.IndexOf(args, CommonOptions.VerboseName) >= 0;
        try
        {
            return Invoke(args, output, error, environment);
        }
        catch (OperationCanceledException)
        {
            return ErrorReport.Write(new StoppedException("Stopped before the first result.", "Run the same command again: it goes on with what is stored."), json, verbose, output, error);
        }
        catch (Exception e)
        {
            return ErrorReport.Write(e, json, verbose, output, error);
        }
    }

    /// <summary>Every verb, in the order of the help.</summary>
    internal static IReadOnlyList<Verb> Verbs() =>
    [
        new InitVerb(), new DescribeVerb(), new CheckVerb(), new RunVerb(), new StatusVerb(), new TrialsVerb(), new CompareVerb(), new ReportVerb(), new JournalVerb(), new ExportVerb(), new PredictVerb(),
        new QueueVerb(), new WorkVerb(), RequestVerb.Pause(), RequestVerb.Resume(), RequestVerb.Skip(), RequestVerb.Stop(),
        new TrainersVerb(), new SampleVerb(), new StoreVerb(), new DoctorVerb(), new HostVerb(), new SliceVerb(),
    ];

    private static int Invoke(string[] args, TextWriter output, TextWriter error, CliEnvironment environment)
    {
        var common = new CommonOptions();
        var root = new Command("tunelab", "Turns a table, a label and a metric into the best model that your time allows, and says how sure that is.");
        var help = new HelpOption("--help", "-h") { Description = "Show this help.", Recursive = true };
        var width = environment.Width > 0 ? Math.Clamp(environment.Width, 60, 120) : 100;
        root.Options.Add(help);
        root.Options.Add(new VersionOption("--version") { Description = "Show the version." });
        common.AddTo(root);
        var examples = new Dictionary<Command, string> { [root] = "tunelab run configs/churn.yaml" };
        foreach (var verb in Verbs())
        {
            root.Subcommands.Add(verb.Build(call => new Invocation(call, common, output, error, environment), examples));
        }

        help.Action = new HelpWithExample((HelpAction)help.Action!, examples, width);
        if (args.Length == 0)
        {
            args = ["--help"];
        }

        var parsed = root.Parse(args);
        if (parsed.Action is not HelpWithExample && (parsed.Errors.Count > 0 || ParseFaults.MistypedOption(parsed) is not null))
        {
            throw ParseFaults.Explain(parsed, root);
        }

        return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
}
