using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace TuneLab.Scheduling.Tests.Alerts;

/// <summary>A post that was received.</summary>
/// <param name="Path">The path.</param>
/// <param name="Headers">By name in lower case.</param>
/// <param name="Body">The body.</param>
internal sealed record Post(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The event's id.</summary>
    public string Id
    {
        get
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.GetProperty("id").GetString()!;
        }
    }
}

/// <summary>A real HTTP server on the loopback, a connection per post.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Post> _posts = [];
    private readonly Func<int, string?> _answer;

    /// <param name="answer">The status line's code and words for the n-th post, from 1, with further header lines; null: it never answers.</param>
    public Receiver(Func<int, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook?key=secret";
        _ = Task.Run(ListenAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<Post> Posts
    {
        get
        {
            lock (_posts)
            {
                return [.. _posts];
            }
        }
    }

    /// <summary>Waits until so many posts came.</summary>
    public void Wait(int count) => Assert.True(SpinWait.SpinUntil(() => Posts.Count >= count, TimeSpan.FromSeconds(60)), $"{Posts.Count} posts came, not {count}");

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // closed
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            var post = await ReadAsync(stream);
            int number;
            lock (_posts)
            {
                _posts.Add(post);
                number = _posts.Count;
            }

            if (_answer(number) is { } answer)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
            else
            {
                await stream.ReadExactlyAsync(new byte[1]); // until the sender gives up
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // the sender is gone
        }
    }

    private static async Task<Post> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || head[^4] != '\r' || head[^3] != '\n' || head[^2] != '\r' || head[^1] != '\n')
        {
            await stream.ReadExactlyAsync(one);
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("POST ", lines[0], StringComparison.Ordinal);
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0].ToLowerInvariant(), p => p[1].Trim());
        var body = new byte[int.Parse(headers["content-length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        return new Post(lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString(body));
    }
}
