using System.Buffers;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using TuneLab.Errors;

namespace TuneLab.Data.Csv;

/// <summary>The bytes of a CSV file, which may be read several times, with what a first look at all of them tells: the encoding and the number of lines.</summary>
internal sealed class CsvSource : IDisposable
{
    private const int BlockBytes = 1 << 20;
    private const double MostControlCharacters = 0.05;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not (9 or 10 or 12 or 13 or 27)).Select(c => (byte)c)]);

    private readonly Stream _stream;
    private readonly long _start;
    private readonly bool _leaveOpen;

    private CsvSource(string name, Stream stream, bool leaveOpen, CancellationToken cancellationToken)
    {
        (Name, _stream, _leaveOpen, _start) = (name, stream, leaveOpen, stream.Position);
        Scan(cancellationToken);
    }

    /// <summary>For messages: the file's name.</summary>
    public string Name { get; }

    /// <summary>What the bytes are to be read as; null: UTF-8, or what the byte order mark says.</summary>
    public System.Text.Encoding? Charset { get; private set; }

    /// <summary>The number of lines, which is the number of records where no quoted field holds a line break.</summary>
    public long Lines { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">It is not there, can't be read, or is no text.</exception>
    public static CsvSource Open(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw NoSuchFile(path);
        }

        FileStream stream;
        try
        {
            stream = new FileStream(path, new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} can't be read: {e.Message}", inner: e);
        }

        return Over(stream, Path.GetFileName(path), leaveOpen: false, cancellationToken);
    }

    /// <summary>Reads a stream from where it stands; one that can't go back is copied to memory first. The caller keeps it.</summary>
    /// <exception cref="InputException">It is no text.</exception>
    public static CsvSource Open(Stream stream, string name, CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
        {
            return Over(stream, name, leaveOpen: true, cancellationToken);
        }

        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return Over(copy, name, leaveOpen: false, cancellationToken);
    }

    /// <summary>A reader from the start. One at a time: readers share the stream.</summary>
    public CsvReader Read(CsvReaderOptions options)
    {
        _stream.Position = _start;
        return CsvReader.Create(_stream, options with { Encoding = Charset }, leaveOpen: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    private static CsvSource Over(Stream stream, string name, bool leaveOpen, CancellationToken cancellationToken)
    {
        try
        {
            return new CsvSource(name, stream, leaveOpen, cancellationToken);
        }
        catch when (!leaveOpen)
        {
            stream.Dispose();
            throw;
        }
    }

    private static InputException NoSuchFile(string path)
    {
        if (Directory.Exists(path))
        {
            return new InputException($"{path} is a folder, not a CSV file.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var nearest = Directory.Exists(folder) ? Nearest.Of(Path.GetFileName(path), Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)) : null;
        var hint = !Directory.Exists(folder) ? $"The folder {folder} is not there either."
            : nearest is null ? "Check the path; a path in an experiment file is relative to that file's folder."
            : $"Did you mean '{Path.Combine(folder, nearest)}'?";
        return new InputException($"There is no file {path}.", hint);
    }

    private void Scan(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            int held = 0, filled;
            var first = true;
            var valid = true;
            var wide = false;
            byte last = (byte)'\n';
            while ((filled = _stream.ReadAtLeast(buffer.AsSpan(held, BlockBytes - held), 1, throwOnEndOfStream: false)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var block = buffer.AsSpan(0, held + filled);
                if (first)
                {
                    wide = block is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..];
                    RefuseBinary(block, wide);
                    first = false;
                }
                else if (!wide && block.Contains((byte)0))
                {
                    throw NotText("it has zero bytes");
                }

                Lines += block[held..].Count((byte)'\n');
                last = block[^1] == 0 && block.Length > 1 ? block[^2] : block[^1];
                var cut = valid && !wide ? IncompleteTail(block) : 0;
                valid = valid && (wide || Utf8.IsValid(block[..^cut]));
                block[^cut..].CopyTo(buffer);
                held = cut;
            }

            Lines += last == (byte)'\n' ? 0 : 1;
            if (!wide && (!valid || held > 0))
            {
                Charset = CodePagesEncodingProvider.Instance.GetEncoding(1252);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void RefuseBinary(ReadOnlySpan<byte> block, bool wide)
    {
        if (wide)
        {
            return;
        }

        if (block.Contains((byte)0))
        {
            throw NotText("it has zero bytes");
        }

        var controls = 0;
        for (int at; (at = block.IndexOfAny(Controls)) >= 0; block = block[(at + 1)..])
        {
            controls++;
        }

        if (controls > MostControlCharacters * Math.Min(BlockBytes, _stream.Length - _start))
        {
            throw NotText("it is full of control characters");
        }
    }

    private InputException NotText(string why)
        => new($"{Name} is not a text file: {why}. A CSV file in UTF-8, UTF-16 with a byte order mark, or Windows-1252 is expected.", "Save a spreadsheet as CSV (UTF-8); unpack an archive first.");

    // How many bytes at the end belong to a UTF-8 sequence that goes on in the next block.
    private static int IncompleteTail(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= Math.Min(3, block.Length); back++)
        {
            var b = block[^back];
            if ((b & 0xC0) != 0x80)
            {
                var needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
                return needed > back ? back : 0;
            }
        }

        return 0;
    }
}
