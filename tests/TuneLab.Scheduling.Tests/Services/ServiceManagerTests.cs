using System.Diagnostics;
using System.Xml.Linq;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Scheduling.Services;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Services;

/// <summary>The files that make a system start a worker.</summary>
public sealed class ServiceManagerTests
{
    private static readonly PersonalFolders Folders = new("/home/anna", "/home/anna/.config", "/home/anna/.local/share", "HOME\\anna");

    private static readonly WorkerService Service = new()
    {
        Command = ["/opt/tune lab/100%/a&b/tunelab", "work", "--store", "/data/my \"own\" $HOME/<q>\\x/tunelab.db", "--when", "night,weekend", "--memory", "4GB", "--nice", "5", "--background"],
        Nice = 5,
        Folder = "/home/anna/my work 50%",
    };

    public static TheoryData<string> Names => new(ServiceManager.All.Select(m => m.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_PathsWithEverythingInThem_IsTheGoldenFile(string name)
    {
        var manager = Manager(name);
        var service = name == "windows" ? Service : Service with { Environment = new Dictionary<string, string> { ["DOTNET_ROOT"] = "/opt/.net 10%" } };
        Golden.Matches($"tests/TuneLab.Scheduling.Tests/Golden/service-{name}.txt", manager.Write(service, Folders));
    }

    [Fact]
    public void Write_ForSystemd_SaysTheClassOfDiskAccess()
    {
        Assert.Contains("IOSchedulingClass=best-effort\nIOSchedulingPriority=7\n\n[Install]", Manager("systemd").Write(Service with { Io = IoClass.Low }, Folders), StringComparison.Ordinal);
        Assert.DoesNotContain("IOScheduling", Manager("systemd").Write(Service with { Io = IoClass.Normal }, Folders), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_ALineBreakInAPath_IsRefused(string name)
        => Assert.Contains("line break", Assert.Throws<InputException>(() => Manager(name).Write(Service with { Folder = "/a\nExecStart=/bin/rm" }, Folders)).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_ForLaunchd_IsReadBackAsItWas()
    {
        var text = Manager("launchd").Write(Service, Folders);
        Assert.Equal(Service.Command, XDocument.Parse(text).Descendants("array").Single().Elements().Select(e => e.Value));
    }

    [Fact]
    public void Write_ForWindows_IsReadBackAsItWas()
    {
        var text = Manager("windows").Write(Service, Folders);
        var exec = XDocument.Parse(text).Descendants().Single(e => e.Name.LocalName == "Exec").Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        Assert.Equal((Service.Command[0], Service.Folder), (exec["Command"], exec["WorkingDirectory"]));
        Assert.Equal(Service.Command.Skip(1), Words(exec["Arguments"]));
        Assert.Throws<InputException>(() => Manager("windows").Write(Service with { Folder = "C:\\%TEMP%" }, Folders));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a \"quoted\" word")]
    [InlineData("C:\\end with a slash\\")]
    [InlineData("\\\\server\\share x\\\\\"y\\")]
    [InlineData("\"")]
    public void Quoted_AnyWord_IsReadBackAsItWas(string word) => Assert.Equal([word, "next"], Words(WindowsTaskManager.Quoted(word) + " next"));

    [SkippableFact]
    public void Write_ForSystemd_IsWhatSystemdReads()
    {
        const string Tool = "/usr/bin/systemd-analyze";
        Skip.IfNot(File.Exists(Tool), "systemd-analyze is not here");
        var folder = Directory.CreateTempSubdirectory("tunelab unit 5% a&b $HOME #; ").FullName;
        try
        {
            var program = Path.Combine(folder, "tune lab");
            File.WriteAllText(program, "#!/bin/sh\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            }

            var unit = Path.Combine(folder, "tunelab-worker.service");
            File.WriteAllText(unit, Manager("systemd").Write(Service with { Command = [program, "work", "--store", Path.Combine(folder, "my \"own\" 'x' \\.db")], Folder = folder, Environment = new Dictionary<string, string> { ["DOTNET_ROOT"] = folder } }, Folders));
            var start = new ProcessStartInfo(Tool, ["verify", "--man=no", unit]) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var said = process.StandardError.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
            Assert.Equal(("", 0), (string.Join('\n', said.Split('\n').Where(l => l.Contains("tunelab-worker", StringComparison.Ordinal) || l.Contains("tune lab", StringComparison.Ordinal))), process.ExitCode));

            // it looks at what is written: a program that is not there is said
            File.WriteAllText(unit, File.ReadAllText(unit).Replace("tune lab\"", "tuna lab\"", StringComparison.Ordinal));
            using var again = Process.Start(start)!;
            Assert.Contains("tuna lab", again.StandardError.ReadToEnd(), StringComparison.Ordinal);
            Assert.True(again.WaitForExit(TimeSpan.FromSeconds(60)));
            Assert.Throws<InputException>(() => Manager("systemd").Write(Service with { Command = ["/opt/my \"own\"/tunelab"] }, Folders));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServiceManager Manager(string name) => ServiceManager.All.Single(m => m.Name == name);

    // as CommandLineToArgvW parts the words after the program
    private static List<string> Words(string line)
    {
        var (words, word, at) = (new List<string>(), new System.Text.StringBuilder(), 0);
        var (quoted, any) = (false, false);
        while (at < line.Length)
        {
            var slashes = 0;
            for (; at < line.Length && line[at] == '\\'; at++)
            {
                slashes++;
            }

            var quote = at < line.Length && line[at] == '"';
            word.Append('\\', quote ? slashes / 2 : slashes);
            any |= slashes > 0;
            if (quote && slashes % 2 == 1)
            {
                word.Append('"');
                at++;
            }
            else if (quote)
            {
                (quoted, any) = (!quoted, true);
                at++;
            }
            else if (at < line.Length && line[at] == ' ' && !quoted)
            {
                if (any)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                any = false;
                at++;
            }
            else if (at < line.Length)
            {
                word.Append(line[at++]);
                any = true;
            }
        }

        return any ? [.. words, word.ToString()] : words;
    }
}
