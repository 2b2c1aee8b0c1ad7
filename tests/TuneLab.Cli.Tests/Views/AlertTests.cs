using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Tests.Views;

/// <summary>How alerts stand, from a store with known content.</summary>
public sealed class AlertTests : IDisposable
{
    private readonly CliFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly CliEnvironment _environment;

    public AlertTests() => _environment = _folder.Environment with { Time = _time };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Alerts_WithoutAny_SaySo()
    {
        Assert.Contains("Nobody was told", Run("work", "alerts").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("[]\n", Run("work", "alerts", "--json").Expect(0).Output);
        Assert.False(File.Exists(_folder.Store));
    }

    [Fact]
    public void Alerts_InEveryState_AreTheGoldenFile()
    {
        using (var store = SqliteWorkStore.Open(_folder.Store, _time))
        {
            store.RaiseAlert(Alert("old", "failed"), ["file log 1"]);
            _time.Advance(TimeSpan.FromDays(8));
            store.RaiseAlert(Alert("since", "since"), []);
            store.RaiseAlert(Alert("nobody", "finished"), []);
            store.RaiseAlert(Alert("a", "finished"), ["file log 1", "webhook example.com 2", "webhook example.com 3", "webhook example.com 4"]);
            var deliveries = store.Deliveries("a");
            store.TryUpdate(deliveries[0] with { Attempts = 1, Next = null, Delivered = _time.GetUtcNow(), Reason = "written" });
            store.TryUpdate(deliveries[1] with { Attempts = 2, Next = _time.GetUtcNow().AddMinutes(5), Reason = "HTTP 503" });
            store.TryUpdate(deliveries[2] with { Attempts = 6, Next = null, Reason = "given up after 6 attempts: HTTP 404" });
        }

        var table = Run("work", "alerts").Expect(0).Output;
        Golden.Matches("tests/TuneLab.Cli.Tests/Golden/work-alerts.txt", table.Replace(Words(_time.GetUtcNow()), "TODAY", StringComparison.Ordinal).Replace(Words(_time.GetUtcNow().AddMinutes(5)), "LATER", StringComparison.Ordinal));
        var rows = Run("work", "alerts", "--all", "--json").Expect(0).Json().EnumerateArray().ToList();
        Assert.Equal(["delivered", "waiting", "given up", "waiting", "waiting"], rows.Select(r => r.GetProperty("state").GetString()));
        Assert.Equal(["a", "a", "a", "a", "old"], rows.Select(r => r.GetProperty("id").GetString()));
        Assert.EndsWith("1 alert could not be delivered, 2 alerts wait to be sent: tunelab work alerts\n", Run("work", "status").Expect(0).Output, StringComparison.Ordinal);
    }

    private string Words(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private Alert Alert(string id, string what) => new(id, what, null, null, """{"experiment":"churn"}""", _time.GetUtcNow());

    private CliResult Run(params string[] args) => CliFolder.Run(_environment, args);
}
