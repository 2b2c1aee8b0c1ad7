using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TuneLab.Hosting.Protocol;

/// <summary>Writes messages into a pipe. Thread-safe.</summary>
internal sealed class MessageWriter<T>(Stream stream, JsonTypeInfo<T> json)
    where T : class, IMessage
{
    private readonly Lock _lock = new();

    /// <summary>Writes a message; waits for the one before it.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void Write(T line, ReadOnlySpan<byte> payload = default)
    {
        lock (_lock)
        {
            Put(line, payload);
        }
    }

    /// <summary>The same for a message without bytes; does nothing while another message is being written.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void TryWrite(T line)
    {
        if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            Put(line, []);
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void Put(T line, ReadOnlySpan<byte> payload)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(line, json);
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length + 1 + payload.Length);
        text.CopyTo(bytes, 0);
        bytes[text.Length] = (byte)'\n';
        payload.CopyTo(bytes.AsSpan(text.Length + 1));
        stream.Write(bytes, 0, text.Length + 1 + payload.Length); // in one piece: the reader wakes once
        stream.Flush();
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
