using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TuneLab.Hosting.Protocol;

/// <summary>Reads messages from a pipe. Used by one thread.</summary>
internal sealed class MessageReader<T>(Stream stream, JsonTypeInfo<T> json)
    where T : class, IMessage
{
    private byte[] _buffer = new byte[4096];
    private int _begin;
    private int _end;

    /// <summary>The next message, or null when the pipe has ended.</summary>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    public Message<T>? Read()
    {
        int length;
        while ((length = _buffer.AsSpan(_begin, _end - _begin).IndexOf((byte)'\n')) < 0)
        {
            if (!Fill())
            {
                return null;
            }
        }

        var line = Parse(_buffer.AsSpan(_begin, length));
        _begin += length + 1;
        if (line.Bytes == 0)
        {
            return new Message<T>(line, []);
        }

        var payload = new byte[line.Bytes];
        var buffered = Math.Min(payload.Length, _end - _begin);
        _buffer.AsSpan(_begin, buffered).CopyTo(payload);
        _begin += buffered;
        return stream.ReadAtLeast(payload.AsSpan(buffered), payload.Length - buffered, throwOnEndOfStream: false) == payload.Length - buffered ? new Message<T>(line, payload) : null;
    }

    private bool Fill()
    {
        if (_begin == _end)
        {
            _begin = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            var larger = _begin > 0 ? _buffer : new byte[2 * _buffer.Length];
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(larger);
            (_buffer, _begin, _end) = (larger, 0, _end - _begin);
        }

        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    private T Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, json) is { Bytes: >= 0 } message ? message : throw new InvalidDataException("The other side of the pipe sent an empty message.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("The other side of the pipe sent something that is no message: " + e.Message, e);
        }
    }
}
