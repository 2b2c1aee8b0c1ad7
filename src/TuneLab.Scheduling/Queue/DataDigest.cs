using System.Security.Cryptography;
using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Queue;

/// <summary>What tells whether a data file is still what it was when its experiment was queued.</summary>
public static class DataDigest
{
    /// <summary>SHA-256 of the file's bytes, 64 lower-case hex characters; empty for no file.</summary>
    /// <exception cref="InputException">There is no such file, or it can't be read.</exception>
    public static string Of(string file)
    {
        if (file.Length == 0)
        {
            return "";
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 20, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"The data file '{file}' is gone.", "Put it back and use 'tunelab queue retry', or remove the entry.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The data file '{file}' can't be read: {e.Message}", "Check its permissions.", e);
        }
    }

    /// <summary>Why the data of an entry are not those that it was queued with, as a clause, or what else is wrong with its plan; null: nothing. One that repeats takes the data as they are.</summary>
    public static string? Fault(QueueEntry entry)
    {
        try
        {
            var plan = PlanReader.Read(entry.Plan, entry.File);
            return Of(plan.Data.File) == entry.DataDigest || entry.Repeat is not null ? null
                : $"the data file '{plan.Data.File}' has changed since it was queued; 'tunelab queue retry {entry.Id}' takes it as it is now";
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }
}
