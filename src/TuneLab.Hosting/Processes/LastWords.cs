using System.Diagnostics;

namespace TuneLab.Hosting.Processes;

/// <summary>What a process wrote to its standard error, as far as a reason needs it. Thread-safe.</summary>
internal sealed class LastWords
{
    private const int Lines = 3;
    private const int LineLength = 200;

    private readonly Queue<string> _lines = new();
    private readonly TaskCompletionSource _end = new();

    public LastWords(Process process)
    {
        // a thread of its own: where all threads of the pool wait for trials, none would be left to hear why one fails
        var error = process.StandardError;
        new Thread(() => Listen(error)) { IsBackground = true, Name = "last words of " + process.Id.ToString(CultureInfo.InvariantCulture) }.Start();
    }

    /// <summary>One more line; where in the code something was thrown is left out.</summary>
    public void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line) || line.StartsWith("   at ", StringComparison.Ordinal))
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line.Length > LineLength ? line[..LineLength] + "..." : line.Trim());
            if (_lines.Count > Lines)
            {
                _lines.Dequeue();
            }
        }
    }

    private void Listen(StreamReader error)
    {
        try
        {
            while (error.ReadLine() is { } line)
            {
                Add(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Add(e.Message);
        }

        _end.TrySetResult();
    }

    /// <summary>Lets go of what was said: another run begins.</summary>
    public void Forget()
    {
        lock (_lines)
        {
            _lines.Clear();
        }
    }

    /// <summary>The last line; empty when there is none.</summary>
    /// <param name="patience">As for <see cref="Tail"/>.</param>
    public string Last(TimeSpan patience)
    {
        _end.Task.Wait(patience);
        lock (_lines)
        {
            return _lines.LastOrDefault("");
        }
    }

    /// <summary>The last lines, on one.</summary>
    /// <param name="patience">How long to wait for what the process wrote last; a child of it may hold the pipe open for ever.</param>
    public string Tail(TimeSpan patience)
    {
        _end.Task.Wait(patience);
        lock (_lines)
        {
            return string.Join(" | ", _lines);
        }
    }
}
