using TuneLab.Errors;

namespace TuneLab.Cli.Output;

/// <summary>The one place where an error becomes words and an exit code.</summary>
internal static class ErrorReport
{
    /// <summary>Writes it: a message and a hint to <paramref name="error"/>, or with <paramref name="json"/> a document to <paramref name="output"/>.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(Exception exception, bool json, bool verbose, TextWriter output, TextWriter error)
    {
        var (message, hint, code) = Explain(exception);
        if (json)
        {
            JsonDocumentWriter.Write(output, w =>
            {
                w.WriteStartObject();
                w.WriteStartObject("error");
                w.WriteString("message", message);
                w.WriteString("hint", hint);
                w.WriteTexts("faults", exception is InputException input ? input.Faults : [message]);
                w.WriteNumber("exit_code", code);
                w.WriteEndObject();
                w.WriteEndObject();
            });
        }
        else
        {
            error.WriteLine("error: " + message);
            if (hint is not null)
            {
                error.WriteLine("hint: " + hint);
            }
        }

        if (verbose)
        {
            error.WriteLine(exception.ToString());
        }

        return code;
    }

    private static (string Message, string? Hint, int Code) Explain(Exception exception) => exception switch
    {
        StoppedException stopped => (stopped.Message, Sentence(stopped.Hint), ExitCode.Stopped),
        InputException input => (input.Message, Sentence(input.Hint), ExitCode.BadInput),
        TuneLabException known => (known.Message, Sentence(known.Hint), ExitCode.Failed),
        UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException or PathTooLongException
            => (exception.Message, "Check the path and who may read and write there.", ExitCode.BadInput),
        IOException => (exception.Message, "Check the disk and the path, then run the same command again: what is stored is not lost.", ExitCode.Failed),
        OutOfMemoryException => ("There is not enough memory.", "Run with fewer --jobs, or on fewer rows.", ExitCode.Failed),
        _ => ($"Something went wrong inside TuneLab: {exception.Message} ({exception.GetType().Name})",
            "This is a fault of TuneLab, not yours. Run the same command with --verbose and report what it prints.", ExitCode.Failed),
    };

    private static string? Sentence(string? hint) => string.IsNullOrEmpty(hint) ? null : char.ToUpperInvariant(hint[0]) + hint[1..];
}
