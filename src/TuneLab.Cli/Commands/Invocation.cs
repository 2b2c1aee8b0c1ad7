using System.CommandLine;
using System.Text.Json;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;

namespace TuneLab.Cli.Commands;

/// <summary>One call of a verb: parsed options, writers, the outside world.</summary>
internal sealed class Invocation(ParseResult parsed, CommonOptions common, TextWriter output, TextWriter error, CliEnvironment environment)
{
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    public CliEnvironment Environment { get; } = environment;

    public bool Json { get; } = parsed.GetValue(common.Json);

    public bool Quiet { get; } = parsed.GetValue(common.Quiet);

    public bool Verbose { get; } = parsed.GetValue(common.Verbose);

    /// <summary>The value of <c>--store</c>, absolute, or null. A separator at its end is kept: it says that a folder is meant.</summary>
    public string? StoreOption { get; } = parsed.GetValue(common.Store) is { } store && !IsServer(store) ? environment.Resolve(store) : parsed.GetValue(common.Store);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>A line for the person that is no part of the answer.</summary>
    public void Note(string text)
    {
        if (!Quiet)
        {
            (Json ? Error : Output).WriteLine(text);
        }
    }

    /// <summary>Writes the answer as one JSON document.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write) => JsonDocumentWriter.Write(Output, write);

    private static bool IsServer(string store) => store.Contains("://", StringComparison.Ordinal);
}
