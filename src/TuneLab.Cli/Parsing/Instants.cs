using System.CommandLine;
using TuneLab.Cli.Commands;
using TuneLab.Errors;
using TuneLab.Scheduling.Queue;

namespace TuneLab.Cli.Parsing;

/// <summary>Options that are instants.</summary>
internal static class Instants
{
    /// <summary>The option's value, or null.</summary>
    /// <exception cref="InputException">It is no instant.</exception>
    public static DateTimeOffset? Read(Invocation call, Option<string?> option)
    {
        var time = call.Environment.Time;
        return call.Value(option) is not { } text ? null
            : InstantText.Parse(text, time.GetUtcNow(), time.LocalTimeZone) ?? throw new InputException($"{option.Name} is '{text}'; allowed is {InstantText.Allowed}.");
    }
}
