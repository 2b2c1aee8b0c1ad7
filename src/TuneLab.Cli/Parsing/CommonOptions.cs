using System.CommandLine;

namespace TuneLab.Cli.Parsing;

/// <summary>The options that every verb has.</summary>
internal sealed class CommonOptions
{
    public const string JsonName = "--json";
    public const string VerboseName = "--verbose";

    public Option<bool> Json { get; } = new(JsonName) { Description = "Write one JSON document to standard output and nothing else.", Recursive = true };

    public Option<string?> Store { get; } = new("--store")
    {
        Description = "The store's file. Default: TUNELAB_STORE, else the nearest .tunelab/tunelab.db at or above the experiment file's folder, else your own.",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Leave out progress and notes.", Recursive = true };

    public Option<bool> Verbose { get; } = new(VerboseName) { Description = "Say more: every trial, and the stack trace of an error.", Recursive = true };

    public void AddTo(Command root)
    {
        root.Options.Add(Json);
        root.Options.Add(Store);
        root.Options.Add(Quiet);
        root.Options.Add(Verbose);
    }
}
