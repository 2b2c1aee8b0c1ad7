using System.Security.Cryptography;
using TuneLab.Errors;

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
}
