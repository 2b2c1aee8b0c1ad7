using TuneLab.Errors;

namespace TuneLab.Cli.Commands.Queue;

/// <summary>The error of a verb that does all that it was given or nothing: a single fault does not say by itself that the others were left too.</summary>
internal static class BatchRefusal
{
    /// <param name="summary">That nothing was done; ends with a colon.</param>
    /// <param name="faults">What is wrong; at least one.</param>
    /// <param name="hint">What to do next.</param>
    public static InputException Of(string summary, IReadOnlyList<string> faults, string hint)
        => faults.Count == 1 ? new InputException(summary + " " + faults[0], hint) : new InputException(summary, faults, hint);
}
