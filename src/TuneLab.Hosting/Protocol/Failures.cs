using System.Text;
using TuneLab.Errors;

namespace TuneLab.Hosting.Protocol;

/// <summary>Takes exceptions across the pipe, so that a trial fails with the same words in a host and in process.</summary>
internal static class Failures
{
    /// <summary>The answer that stands for an exception.</summary>
    public static FailureAnswer Of(Exception exception) => exception switch
    {
        OperationCanceledException => Answer(FailureKind.Cancelled, exception.Message),
        InputException input => Answer(FailureKind.Input, input.Message) with { Hint = input.Hint, Faults = input.Faults },
        TuneLabException known => Answer(FailureKind.Failed, known.Message) with { Hint = known.Hint },
        InvalidDataException => Answer(FailureKind.Data, exception.Message),
        OutOfMemoryException => Answer(FailureKind.Failed, "out of memory") with { Spent = true },
        _ => Answer(FailureKind.Failed, exception.GetType().Name + ": " + exception.Message),
    } with { Detail = exception.ToString() };

    /// <summary>The exception that an answer stands for.</summary>
    public static Exception From(FailureAnswer failure)
    {
        var cause = new HostedException(failure.Detail);
        return failure.Kind switch
        {
            FailureKind.Cancelled => new OperationCanceledException(failure.Message, cause),
            FailureKind.Data => new InvalidDataException(failure.Message, cause),
            FailureKind.Input when failure.Faults.Count > 1 => new InputException(Summary(failure), failure.Faults, failure.Hint),
            FailureKind.Input => new InputException(failure.Message, failure.Hint, cause),
            _ => new TuneLabException(failure.Message, failure.Hint, cause),
        };
    }

    private static FailureAnswer Answer(FailureKind kind, string message) => new(kind, message, null, [], "", false);

    // the message of several faults is the summary with the faults below it
    private static string Summary(FailureAnswer failure) => failure.Message.Split(Environment.NewLine)[0];

    /// <summary>The cause as it stood in the other process.</summary>
    private sealed class HostedException(string detail) : Exception("in the trial's process:")
    {
        public override string ToString() => new StringBuilder(Message).AppendLine().Append(detail).ToString();
    }
}
