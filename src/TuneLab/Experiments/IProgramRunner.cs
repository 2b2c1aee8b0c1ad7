namespace TuneLab.Experiments;

/// <summary>A program to run.</summary>
/// <param name="Command">The program and its arguments, each a word that reaches it as it is; at least one.</param>
/// <param name="Folder">Where it runs, absolute.</param>
/// <param name="Environment">Variables that it gets beside those of this process.</param>
/// <param name="MemoryLimitBytes">Resident memory of it and its children over which it is ended; null: no limit.</param>
public sealed record ProgramCall(IReadOnlyList<string> Command, string Folder, IReadOnlyDictionary<string, string> Environment, long? MemoryLimitBytes)
{
    /// <summary>What it reads on its standard input, in UTF-8; it need not. <value>Null: nothing.</value></summary>
    public string? Input { get; init; }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code; null where it was ended from here.</param>
/// <param name="OverMemory">Whether it was ended for its memory.</param>
/// <param name="LastError">The last line that it wrote to its standard error; empty when there is none.</param>
/// <param name="PeakMemoryBytes">The most resident memory seen; 0 where it can't be read.</param>
public sealed record ProgramEnd(int? ExitCode, bool OverMemory, string LastError, long PeakMemoryBytes);

/// <summary>
/// Runs programs of the user's.
/// <para><b>Contract.</b> Called by evaluators, many at once; blocks until the program and all its children that can be found have ended. <b>Errors:</b> <see cref="Errors.TuneLabException"/>
/// where the program can't be started. A cancellation ends the program with its children.</para>
/// </summary>
public interface IProgramRunner
{
    /// <summary>Runs it.</summary>
    /// <param name="call">What.</param>
    /// <param name="line">Is told each line of its standard output on the caller's thread, as it comes; false ends the program.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    ProgramEnd Run(ProgramCall call, Func<string, bool> line, CancellationToken cancellation);
}
