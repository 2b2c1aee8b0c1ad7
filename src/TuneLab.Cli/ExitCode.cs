namespace TuneLab.Cli;

/// <summary>What <c>tunelab</c> tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done, also when the plan's budget ran out.</summary>
    public const int Done = 0;

    /// <summary>The work failed: all trials failed, say.</summary>
    public const int Failed = 1;

    /// <summary>The input is wrong: a file, an option, the data.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by a signal or an outside limit before confirm ended; the best so far is kept.</summary>
    public const int Stopped = 3;

    /// <summary>The verdict is refuted or undecided and <c>--require-verdict</c> was given.</summary>
    public const int NoVerdict = 4;
}
