using System.IO.Compression;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>ML.NET's zips carry the time at which they were written; ours carry a fixed one, so that the same model gives the same bytes.</summary>
internal static class FixedZip
{
    private static readonly DateTimeOffset EntryDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The entries of one or more zips as one, in ordinal order, with the fixed date.</summary>
    public static byte[] Of(params byte[][] zips)
    {
        var sources = Array.ConvertAll(zips, zip => new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read));
        using var stream = new MemoryStream();
        using (var target = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in sources.SelectMany(s => s.Entries).OrderBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = target.CreateEntry(entry.FullName, CompressionLevel.Fastest);
                copy.LastWriteTime = EntryDate;
                using var from = entry.Open();
                using var to = copy.Open();
                from.CopyTo(to);
            }
        }

        Array.ForEach(sources, s => s.Dispose());
        return stream.ToArray();
    }
}
