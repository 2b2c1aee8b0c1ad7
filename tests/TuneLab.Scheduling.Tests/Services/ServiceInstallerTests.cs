using System.Text;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Scheduling.Services;

namespace TuneLab.Scheduling.Tests.Services;

public sealed class ServiceInstallerTests : IDisposable
{
    private static readonly WorkerService Service = new() { Command = ["/usr/bin/tunelab", "work"], Folder = "/" };

    private readonly string _home = Directory.CreateTempSubdirectory("tunelab-home-").FullName;
    private readonly Programs _programs = new();

    private PersonalFolders Folders => new(_home, Path.Combine(_home, ".config"), Path.Combine(_home, "data"), "anna");

    private ServiceInstaller Installer => new(_programs, Folders);

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("systemd", "systemctl --user daemon-reload|systemctl --user enable tunelab-worker.service|systemctl --user restart tunelab-worker.service", "systemctl --user disable --now tunelab-worker.service|systemctl --user daemon-reload")]
    [InlineData("launchd", "launchctl load -w FILE", "launchctl unload -w FILE")]
    [InlineData("windows", "schtasks /Create /TN \"TuneLab worker\" /XML FILE /F|schtasks /Run /TN \"TuneLab worker\"", "schtasks /End /TN \"TuneLab worker\"|schtasks /Delete /TN \"TuneLab worker\" /F")]
    public void Install_AndUninstall_WritesTellsAndTakesAway(string name, string installs, string uninstalls)
    {
        var manager = ServiceManager.All.Single(m => m.Name == name);
        var file = Installer.Install(manager, Service, CancellationToken.None);
        Assert.Equal(manager.FileIn(Folders), file);
        Assert.Equal(manager.Write(Service, Folders), File.ReadAllText(file));
        Assert.Equal(name == "windows", File.ReadAllBytes(file).AsSpan().StartsWith(Encoding.Unicode.GetPreamble()));
        Assert.Equal(installs.Replace("FILE", file, StringComparison.Ordinal), string.Join('|', _programs.Ran));
        Installer.Install(manager, Service, CancellationToken.None); // again: replaced

        _programs.Ran.Clear();
        Assert.Equal(file, Installer.Uninstall(manager, CancellationToken.None).File);
        Assert.Equal(uninstalls.Replace("FILE", file, StringComparison.Ordinal), string.Join('|', _programs.Ran));
        Assert.False(File.Exists(file));
        _programs.Ran.Clear();
        Assert.Null(Installer.Uninstall(manager, CancellationToken.None).File);
        Assert.Empty(_programs.Ran);
    }

    [Fact]
    public void Install_WhereTheSystemCannotBeTold_SaysWhatIsLeftToDo()
    {
        var manager = ServiceManager.All[0];
        _programs.Fault = line => line.Contains("enable", StringComparison.Ordinal) ? "Failed to connect to bus: No medium found" : null;
        var error = Assert.Throws<WorkFailedException>(() => Installer.Install(manager, Service, CancellationToken.None));
        Assert.Contains($"is written to {manager.FileIn(Folders)}, but 'systemctl --user enable tunelab-worker.service' does not work here: Failed to connect to bus", error.Message, StringComparison.Ordinal);
        Assert.Contains("finish with: systemctl --user enable tunelab-worker.service && systemctl --user restart tunelab-worker.service.", error.Hint, StringComparison.Ordinal);
        Assert.True(File.Exists(manager.FileIn(Folders)));

        var (file, faults) = Installer.Uninstall(manager, CancellationToken.None);
        Assert.Equal(manager.FileIn(Folders), file);
        Assert.Empty(faults);
    }

    [Fact]
    public void Install_ThereIsNoSuchProgram_SaysSo()
    {
        _programs.Missing = true;
        Assert.Contains("no program 'systemctl'", Assert.Throws<WorkFailedException>(() => Installer.Install(ServiceManager.All[0], Service, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Equal(2, Installer.Uninstall(ServiceManager.All[0], CancellationToken.None).Faults.Count);
    }

    private sealed class Programs : IProgramRunner
    {
        public List<string> Ran { get; } = [];

        public Func<string, string?> Fault { get; set; } = _ => null;

        public bool Missing { get; set; }

        public ProgramEnd Run(ProgramCall call, Func<string, bool> line, CancellationToken cancellation)
        {
            var text = ServiceInstaller.Line(call.Command);
            Ran.Add(text);
            return Missing ? throw new TuneLabException($"there is no program '{call.Command[0]}' on the PATH") : new ProgramEnd(Fault(text) is null ? 0 : 1, false, Fault(text) ?? "", 0);
        }
    }
}
