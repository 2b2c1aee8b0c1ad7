using System.Security.Cryptography;
using System.Text;

namespace TuneLab.Experiments.Commands;

/// <summary>What tells whether a file or a folder is still what it was.</summary>
public static class InputDigest
{
    /// <summary>SHA-256 of a file's bytes, or of a folder's files and their names: 64 lower-case hex characters.</summary>
    /// <exception cref="IOException">It is not there, or can't be read.</exception>
    public static string Of(string path, CancellationToken cancellation)
    {
        if (!Directory.Exists(path))
        {
            return HashFile(path);
        }

        var folder = new StringBuilder("folder");
        foreach (var name in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(path, f).Replace('\\', '/')).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            folder.Append('\n').Append(name).Append(' ').Append(HashFile(Path.Combine(path, name)));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.ToString())));
    }

    private static string HashFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
