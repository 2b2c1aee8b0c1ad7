using System.Buffers.Binary;

namespace TuneLab.Cli.Tests.Errors;

/// <summary>Turns a store into one that a newer version wrote.</summary>
internal static class NewerStore
{
    // https://sqlite.org/fileformat.html: the database header holds the user version, big-endian, at byte 60
    private const int UserVersion = 60;

    public static void Make(string path)
    {
        Assert.False(File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0, "the log still holds pages: the header in the file is not the last one");
        using var file = File.OpenWrite(path);
        file.Position = UserVersion;
        Span<byte> version = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(version, 9999);
        file.Write(version);
    }
}
