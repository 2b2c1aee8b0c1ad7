using TuneLab.Errors;
using TuneLab.Experiments;

namespace TuneLab.Scheduling.Services;

/// <summary>Puts a worker's file where the system looks for it, and tells the system; or takes it away again.</summary>
/// <param name="programs">Runs the system's programs.</param>
/// <param name="folders">The person's.</param>
public sealed class ServiceInstaller(IProgramRunner programs, PersonalFolders folders)
{
    /// <summary>Installs it; what is there of an earlier one is replaced.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="InputException">The file can't be written.</exception>
    /// <exception cref="WorkFailedException">The file is there, but the system can't be told: it says why, and how it is done by hand.</exception>
    public string Install(ServiceManager manager, WorkerService service, CancellationToken cancellation)
    {
        var file = manager.FileIn(folders);
        var text = manager.Write(service, folders);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text, manager.Encoding);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{file}' can't be written: {e.Message}", "Check the disk and who may write there.", e);
        }

        foreach (var command in manager.Install(file))
        {
            if (Run(command, cancellation) is { } fault)
            {
                throw new WorkFailedException(
                    $"The {manager.Title} is written to {file}, but '{Line(command)}' does not work here: {fault}",
                    $"Where it does, finish with: {string.Join(" && ", manager.Install(file).SkipWhile(c => c != command && !c.SequenceEqual(command)).Select(Line))}. Without it, start a worker yourself: tunelab work.");
            }
        }

        return file;
    }

    /// <summary>Ends the worker and takes its file away.</summary>
    /// <returns>The file, or null where there was none; and what did not work, each a sentence.</returns>
    /// <exception cref="InputException">The file can't be removed.</exception>
    public (string? File, IReadOnlyList<string> Faults) Uninstall(ServiceManager manager, CancellationToken cancellation)
    {
        var file = manager.FileIn(folders);
        if (!File.Exists(file))
        {
            return (null, []);
        }

        var faults = new List<string>();
        Tell(manager.Uninstall(file));
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{file}' can't be removed: {e.Message}", "Check who may write there.", e);
        }

        Tell(manager.Forget);
        return (file, faults);

        void Tell(IReadOnlyList<IReadOnlyList<string>> commands)
            => faults.AddRange(commands.Select(c => Run(c, cancellation) is { } fault ? $"'{Line(c)}' did not work: {fault}" : null).OfType<string>());
    }

    /// <summary>A command as a person types it.</summary>
    public static string Line(IReadOnlyList<string> command) => string.Join(' ', command.Select(w => w.Contains(' ', StringComparison.Ordinal) ? '"' + w + '"' : w));

    private string? Run(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        try
        {
            var end = programs.Run(new ProgramCall(command, folders.Home, new Dictionary<string, string>(), null), _ => true, cancellation);
            return end.ExitCode == 0 ? null : end.LastError.Length > 0 ? end.LastError : string.Create(CultureInfo.InvariantCulture, $"exit code {end.ExitCode}");
        }
        catch (TuneLabException e)
        {
            return e.Message;
        }
    }
}
