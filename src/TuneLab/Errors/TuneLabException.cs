namespace TuneLab.Errors;

/// <summary>An error whose message is meant for the person at the keyboard: what is wrong, the value given, what is allowed.</summary>
public class TuneLabException : Exception
{
    /// <param name="message">What is wrong, with the value given and what is allowed.</param>
    /// <param name="hint">What to do next; null when the message already says so.</param>
    /// <param name="inner">The cause, shown with <c>--verbose</c> only.</param>
    public TuneLabException(string message, string? hint = null, Exception? inner = null)
        : base(message, inner) => Hint = hint;

    /// <summary>What to do next, or null.</summary>
    public string? Hint { get; }
}

/// <summary>The input is wrong: a file, an option, the data (exit code 2).</summary>
public class InputException : TuneLabException
{
    /// <inheritdoc cref="TuneLabException(string, string?, Exception?)"/>
    public InputException(string message, string? hint = null, Exception? inner = null)
        : base(message, hint, inner) => Faults = [message];

    /// <summary>Several faults of one input, reported together.</summary>
    /// <param name="summary">One line that says what was being read.</param>
    /// <param name="faults">Every fault found, in the order of the file; at least one.</param>
    /// <param name="hint">What to do next.</param>
    public InputException(string summary, IReadOnlyList<string> faults, string? hint = null)
        : base(faults.Count == 1 ? faults[0] : summary + Environment.NewLine + string.Join(Environment.NewLine, faults.Select(f => "  - " + f)), hint)
        => Faults = faults;

    /// <summary>Every fault on its own; never empty.</summary>
    public IReadOnlyList<string> Faults { get; }
}

/// <summary>Another process has what is wanted: it may be had later (exit code 2).</summary>
public sealed class BusyException : InputException
{
    /// <inheritdoc cref="TuneLabException(string, string?, Exception?)"/>
    public BusyException(string message, string? hint = null)
        : base(message, hint)
    {
    }
}

/// <summary>A place can't be read or written now: its disk is full or away, or it is not allowed (exit code 2; of a worker 1, since it may be tried again).</summary>
public sealed class UnreachableException : InputException
{
    /// <inheritdoc cref="TuneLabException(string, string?, Exception?)"/>
    public UnreachableException(string message, string? hint = null, Exception? inner = null)
        : base(message, hint, inner)
    {
    }
}

/// <summary>The work itself failed although the input was right: all trials failed, say (exit code 1).</summary>
public class WorkFailedException : TuneLabException
{
    /// <inheritdoc cref="TuneLabException(string, string?, Exception?)"/>
    public WorkFailedException(string message, string? hint = null, Exception? inner = null)
        : base(message, hint, inner)
    {
    }
}

/// <summary>A search came to its end without an answer: no trial has a score, or the model could not be fitted in time (exit code 1). Another run of the same finds the same.</summary>
public sealed class NoAnswerException : WorkFailedException
{
    /// <inheritdoc cref="TuneLabException(string, string?, Exception?)"/>
    public NoAnswerException(string message, string? hint = null)
        : base(message, hint)
    {
    }
}

/// <summary>A signal or an outside limit ended the work before there was anything to answer with (exit code 3). What was computed is in the store.</summary>
public sealed class StoppedException : TuneLabException
{
    /// <inheritdoc cref="TuneLabException(string, string?, Exception?)"/>
    public StoppedException(string message, string? hint = null)
        : base(message, hint)
    {
    }
}
