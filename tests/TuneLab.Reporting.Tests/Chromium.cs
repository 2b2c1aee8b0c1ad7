using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Reporting.Tests;

/// <summary>A headless browser, driven by its own protocol (Chrome DevTools), so that tests need no package and no driver.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    private readonly Process _process;
    private readonly string _folder;
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _events = [];
    private int _last;

    private Chromium(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>Where a browser is; null: there is none.</summary>
    public static string? Path => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Starts one with an empty page.</summary>
    public static async Task<Chromium> Start(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-browser").FullName;
        var process = Process.Start(new ProcessStartInfo(Path!, ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0", "--user-data-dir=" + folder, "about:blank"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var browser = new Chromium(process, folder);
        var port = System.IO.Path.Combine(folder, "DevToolsActivePort");
        while (!File.Exists(port) || (await File.ReadAllLinesAsync(port, cancellation)).Length < 2)
        {
            await Task.Delay(50, cancellation);
        }

        using var http = new HttpClient();
        var pages = JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{(await File.ReadAllLinesAsync(port, cancellation))[0]}/json/list", cancellation))!.AsArray();
        await browser._socket.ConnectAsync(new Uri((string)pages.First(p => (string?)p!["type"] == "page")!["webSocketDebuggerUrl"]!), cancellation);
        await browser.Ask("Page.enable", [], cancellation);
        await browser.Ask("Network.enable", [], cancellation);
        return browser;
    }

    /// <summary>Opens a file and waits until it is loaded.</summary>
    /// <returns>Every address that was asked for meanwhile.</returns>
    public async Task<IReadOnlyList<string>> Open(string file, int width, CancellationToken cancellation)
    {
        _events.Clear();
        await Ask("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false }, cancellation);
        await Ask("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri }, cancellation);
        while (!_events.Exists(e => (string?)e["method"] == "Page.loadEventFired"))
        {
            _events.Add(await Next(cancellation));
        }

        return [.. _events.Where(e => (string?)e["method"] == "Network.requestWillBeSent").Select(e => (string)e["params"]!["request"]!["url"]!)];
    }

    /// <summary>The number that an expression gives.</summary>
    public async Task<double> Number(string expression, CancellationToken cancellation) => (double)(await Ask("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true }, cancellation))["result"]!["value"]!;

    /// <summary>The text that an expression gives.</summary>
    public async Task<string> Text(string expression, CancellationToken cancellation) => (string)(await Ask("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true }, cancellation))["result"]!["value"]!;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        for (var attempt = 0; attempt < 20 && Directory.Exists(_folder); attempt++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(50); // its last processes still write
            }
        }
    }

    private async Task<JsonNode> Ask(string method, JsonObject parameters, CancellationToken cancellation)
    {
        var id = ++_last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString();
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, cancellation);
        while (true)
        {
            var answer = await Next(cancellation);
            if ((int?)answer["id"] == id)
            {
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer.ToJsonString()}");
            }

            _events.Add(answer);
        }
    }

    private async Task<JsonNode> Next(CancellationToken cancellation)
    {
        var (buffer, text) = (new byte[1 << 16], new MemoryStream());
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(buffer, cancellation);
            text.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return JsonNode.Parse(text.ToArray())!;
    }
}
