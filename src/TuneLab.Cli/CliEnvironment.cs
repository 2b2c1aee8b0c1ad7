using TuneLab.Scheduling.Presence;

namespace TuneLab.Cli;

/// <summary>Everything of the outside world that a verb may look at besides files: what a test replaces.</summary>
public sealed record CliEnvironment
{
    /// <summary>What relative paths on the command line are relative to; absolute.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The value of an environment variable, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The folder for a person's own data; empty where the system knows no home.</summary>
    public required string UserData { get; init; }

    /// <summary>Whether the output is a terminal that takes colours and moves its cursor. <value>False.</value></summary>
    public bool IsTerminal { get; init; }

    /// <summary>Columns of the terminal; 0 where there is none. <value>0</value></summary>
    public int Width { get; init; }

    /// <summary>Says when the process began, as <see cref="TimeProvider.GetTimestamp"/> of <see cref="Time"/>; null when unknown. <value>Unknown.</value></summary>
    public Func<long?> ProcessStart { get; init; } = () => null;

    /// <summary>Starts to listen for Ctrl-C and SIGTERM; a verb that doesn't ask is ended by them at once. <value>Never stops.</value></summary>
    public Func<StopSignals> Listen { get; init; } = () => new StopSignals();

    /// <summary>Reads whether somebody uses the machine, given the numbers of TuneLab's processes and the clock. <value>The machine that this runs on.</value></summary>
    public Func<Func<IEnumerable<int>>, TimeProvider, IPresence> Presence { get; init; } = MachinePresence.Of;

    /// <summary>A path of the command line, absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, WorkingDirectory);
}
