using System.IO.Compression;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>ML.NET's zips carry the time at which they were written; ours carry a fixed one, so that the same model gives the same bytes.</summary>
internal static class FixedZip
{
    private static readonly DateTimeOffset EntryDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The same entries in ordinal order, with the fixed date.</summary>
    public static byte[] Of(byte[] zip, params (string Name, byte[] Bytes)[] added)
    {
        using var source = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        using var stream = new MemoryStream();
        using (var target = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
            {
                using var from = entry.Open();
                Add(target, entry.FullName, from.CopyTo);
            }

            foreach (var (name, bytes) in added)
            {
                Add(target, name, to => to.Write(bytes));
            }
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive target, string name, Action<Stream> write)
    {
        var entry = target.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = EntryDate;
        using var stream = entry.Open();
        write(stream);
    }
}
