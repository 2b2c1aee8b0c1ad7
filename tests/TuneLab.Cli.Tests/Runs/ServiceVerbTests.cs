namespace TuneLab.Cli.Tests.Runs;

/// <summary>A worker that the system would start: shown, and on no account installed by being shown.</summary>
public sealed class ServiceVerbTests : IDisposable
{
    private readonly CliFolder _folder = new();
    private readonly CliEnvironment _environment;

    public ServiceVerbTests()
        => _environment = _folder.Environment with { Variable = name => name switch { "HOME" => _folder.At("home"), "USERNAME" => "anna", "TUNELAB_STORE" => _folder.Store, _ => null } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("systemd", "home/.config/systemd/user/tunelab-worker.service")]
    [InlineData("launchd", "home/Library/LaunchAgents/tunelab.worker.plist")]
    [InlineData("windows", "user/tunelab/tunelab-worker.xml")]
    public void Install_WithoutYes_ShowsTheFileAndInstallsNothing(string system, string file)
    {
        var json = Run("work", "install", "--for", system, "--when", "night", "--json").Expect(0).Json();
        Assert.Equal((_folder.At(file), false), (json.GetProperty("file").GetString(), json.GetProperty("installed").GetBoolean()));
        var text = json.GetProperty("text").GetString()!;
        Assert.Contains("work", text, StringComparison.Ordinal);
        Assert.Contains(_folder.Store, text, StringComparison.Ordinal);
        Assert.Contains("--when", text, StringComparison.Ordinal);
        Assert.Contains("tunelab", text, StringComparison.Ordinal);
        Assert.Equal(text, Run("work", "install", "--for", system, "--when", "night", "--print").Expect(0).Output);
        var shown = Run("work", "install", "--for", system, "--when", "night").Expect(0).Output;
        Assert.Contains(text, shown, StringComparison.Ordinal);
        Assert.All(json.GetProperty("commands").EnumerateArray(), c => Assert.Contains(c.GetString()!, shown, StringComparison.Ordinal));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Install_WithOptionsOfWork_WritesThemIntoTheUnit()
    {
        _folder.Write("my/worker.yaml", "time_zone: UTC\nnice: 3\n");
        var text = Run("work", "install", "--for", "systemd", "--print", "--when", "weekend", "--settings", "my/worker.yaml", "--jobs", "2", "--threads", "3", "--memory", "1.5GB", "--background").Expect(0).Output;
        Assert.Contains($"\"--when\" \"weekend\" \"--settings\" \"{_folder.At("my/worker.yaml")}\" \"--jobs\" \"2\" \"--threads\" \"3\" \"--memory\" \"1536MB\" \"--background\"\n", text, StringComparison.Ordinal);
        Assert.Contains("\nNice=3\n", text, StringComparison.Ordinal); // what the unit starts could not give way less than it does
        text = Run("work", "install", "--for", "systemd", "--print", "--nice", "7").Expect(0).Output;
        Assert.Contains("\"--nice\" \"7\"\n", text, StringComparison.Ordinal);
        Assert.Contains("\nNice=7\n", text, StringComparison.Ordinal);
        Run("work", "install", "--print", "--settings", "none.yaml").ExpectBadInput("There is no worker file");
        Run("work", "install", "--print", "--when", "nigth").ExpectBadInput("There is no window 'nigth'");
    }

    [Fact]
    public void Install_WhereItIsNot_SaysSo()
    {
        var other = OperatingSystem.IsWindows() ? "systemd" : "windows";
        Run("work", "install", "--for", other, "--yes").ExpectBadInput("can't be installed here", "--print");
        Run("work", "install", "--print", "--yes").ExpectBadInput("both given");
        Run("work", "install", "--for", "cron").ExpectBadInput("--for is 'cron'", "launchd");
        Assert.Contains("is installed", Run("work", "uninstall").Expect(0).Output, StringComparison.Ordinal);
        Assert.False(Run("work", "uninstall", "--json").Expect(0).Json().GetProperty("removed").GetBoolean());
        Assert.Empty(_folder.Files());
    }

    private CliResult Run(params string[] args) => CliFolder.Run(_environment, args);
}
