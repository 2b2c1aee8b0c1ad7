using System.Text;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Alerts;

/// <summary>Appends an alert's JSON to a file as a line; a line is never there twice.</summary>
public sealed class FileCarrier : IAlertCarrier
{
    /// <inheritdoc/>
    public AlertCarrier Kind => AlertCarrier.File;

    /// <inheritdoc/>
    public Task<AlertAttempt> SendAsync(AlertChannel channel, Alert alert, int attempt, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(channel.Target)!);
            using var file = new FileStream(channel.Target, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); // of two writers one tries again
            if (attempt > 1 && Has(file, alert))
            {
                return Task.FromResult(new AlertAttempt(true, "written before"));
            }

            // a line that a crash cut off stays one of its own
            var whole = file.Length == 0 || EndsALine(file);
            file.Seek(0, SeekOrigin.End);
            file.Write(Encoding.UTF8.GetBytes((whole ? "" : "\n") + alert.Body + "\n"));
            file.Flush(flushToDisk: true);
            return Task.FromResult(new AlertAttempt(true, "written"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Task.FromResult(new AlertAttempt(false, e.Message));
        }
    }

    private static bool EndsALine(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }

    private static bool Has(FileStream file, Alert alert)
    {
        file.Seek(0, SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            if (line == alert.Body)
            {
                return true;
            }
        }

        return false;
    }
}
