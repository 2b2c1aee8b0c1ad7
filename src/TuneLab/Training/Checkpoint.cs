using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TuneLab.Errors;

namespace TuneLab.Training;

/// <summary>
/// The frame of what <see cref="ITrainingRun.Save"/> writes: whose run it is, what the trainer keeps, and a checksum. A checkpoint is for going on with the same request by the same
/// version, not for keeping.
/// </summary>
public static class Checkpoint
{
    private const int HashBytes = 32;
    private static ReadOnlySpan<byte> Mark => "TLC1"u8;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="trainer">The trainer of the run.</param>
    /// <param name="request">What the run was started with.</param>
    /// <param name="state">Writes what the trainer needs to go on.</param>
    public static void Write(BinaryWriter writer, TrainerInfo trainer, TrainingRequest request, Action<BinaryWriter> state)
    {
        using var stream = new MemoryStream();
        using (var body = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            body.Write(DataHash(request));
            foreach (var (_, value) in Identity(trainer, request))
            {
                body.Write(value);
            }

            state(body);
        }

        Frame(writer, stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="reader">At its first byte; left behind its last.</param>
    /// <param name="trainer">The trainer that goes on.</param>
    /// <param name="request">What it goes on with.</param>
    /// <param name="state">Reads what the trainer wrote.</param>
    /// <exception cref="InvalidDataException">The bytes are no checkpoint, or damaged.</exception>
    /// <exception cref="InputException">It belongs to another trainer, configuration, seed or data.</exception>
    public static void Read(BinaryReader reader, TrainerInfo trainer, TrainingRequest request, Action<BinaryReader> state)
    {
        var bytes = Body(reader);
        using var body = new BinaryReader(new MemoryStream(bytes));
        try
        {
            var data = body.ReadBytes(HashBytes);
            foreach (var (name, value) in Identity(trainer, request))
            {
                var written = body.ReadString();
                if (written != value)
                {
                    throw Other($"{name} {written}", $"{name} {value}");
                }
            }

            if (!data.AsSpan().SequenceEqual(DataHash(request)))
            {
                throw Other("other training rows, labels or weights", "these");
            }

            state(body);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The checkpoint is damaged: it ends early.", e);
        }
    }

    /// <summary>The bytes of a checkpoint, unread: for handing it on.</summary>
    /// <param name="reader">At its first byte; left behind its last.</param>
    /// <exception cref="InvalidDataException">The bytes are no checkpoint, or damaged.</exception>
    public static byte[] Copy(BinaryReader reader)
    {
        using var copy = new MemoryStream();
        using var writer = new BinaryWriter(copy);
        Frame(writer, Body(reader));
        return copy.ToArray();
    }

    private static void Frame(BinaryWriter writer, ReadOnlySpan<byte> body)
    {
        writer.Write(Mark);
        writer.Write(body.Length);
        writer.Write(body);
        writer.Write(SHA256.HashData(body));
    }

    private static byte[] Body(BinaryReader reader)
    {
        if (!reader.ReadBytes(Mark.Length).AsSpan().SequenceEqual(Mark))
        {
            throw new InvalidDataException("These bytes are no checkpoint of a run that this version reads.");
        }

        var length = reader.ReadBytes(sizeof(int)) is { Length: sizeof(int) } head ? BitConverter.ToInt32(head) : -1;
        var bytes = length >= HashBytes ? reader.ReadBytes(length) : [];
        if (length < HashBytes || !reader.ReadBytes(HashBytes).AsSpan().SequenceEqual(SHA256.HashData(bytes)))
        {
            throw new InvalidDataException("The checkpoint is damaged: it ends early, or its checksum is not that of its bytes.");
        }

        return bytes;
    }

    private static InputException Other(string written, string wanted)
        => new($"The checkpoint is of another run: it was written with {written}, and is to go on with {wanted}.", "Go on with the request that the run was started with, or start anew.");

    private static IEnumerable<(string Name, string Value)> Identity(TrainerInfo trainer, TrainingRequest request)
    {
        var table = request.Fold.Table;
        yield return ("the trainer", string.Create(CultureInfo.InvariantCulture, $"{trainer.Id} version {trainer.Version}"));
        yield return ("the configuration", request.Configuration.Canonical);
        yield return ("the seed", request.Seed.Value.ToString(CultureInfo.InvariantCulture));
        yield return ("a table of", string.Create(CultureInfo.InvariantCulture, $"{table.RowCount} rows, {table.Columns.Count} features, {request.Fold.Outputs} outputs"));
        yield return ("the monotone directions", string.Join(", ", request.Fold.Monotone.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"'{d.Key}' {d.Value}").DefaultIfEmpty("none")));
        yield return ("the number of training rows", request.Rows.Length.ToString(CultureInfo.InvariantCulture));
    }

    private static byte[] DataHash(TrainingRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var fold = request.Fold;
        hash.AppendData(MemoryMarshal.AsBytes(request.Rows.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(Array.ConvertAll(request.Rows, r => fold.Target[r]).AsSpan()));
        hash.AppendData(fold.Weights is { } weights ? MemoryMarshal.AsBytes(Array.ConvertAll(request.Rows, r => weights[r]).AsSpan()) : []);
        return hash.GetHashAndReset();
    }
}
