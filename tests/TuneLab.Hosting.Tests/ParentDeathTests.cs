using System.Diagnostics;
using TuneLab.Hosting.Tests.Host;

namespace TuneLab.Hosting.Tests;

/// <summary>The process that owns the pool is killed while its host works on a round that never ends.</summary>
public sealed class ParentDeathTests
{
    [Theory]
    [InlineData(Misdeed.Sleep)]
    [InlineData(Misdeed.Spin)]
    public void Kill_OfTheParent_EndsItsHosts(Misdeed misdeed)
    {
        using var parent = Parent(misdeed, out var host);
        parent.Kill();
        LiveProcess.AssertEnds(host);
    }

    [SkippableFact]
    public void Kill_OfTheParentOfAStoppedHost_EndsIt()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the system ends children with their parent on Linux only");
        using var parent = Parent(Misdeed.Sleep, out var host);
        LiveProcess.Signal("STOP", host);
        parent.Kill();
        LiveProcess.AssertEnds(host);
    }

    [Fact]
    public void Pool_FolderOfAKilledParent_IsDeletedByTheNextPool()
    {
        var temporary = Directory.CreateTempSubdirectory("tunelab-host-tests");
        try
        {
            using (var killed = Parent(Misdeed.Sleep, out var host, temporary.FullName))
            {
                killed.Kill();
                killed.WaitForExit();
                LiveProcess.AssertEnds(host);
            }

            var left = Assert.Single(temporary.GetDirectories());
            Assert.True(File.Exists(Path.Combine(left.FullName, "1.fold")));
            using var next = Parent(Misdeed.Sleep, out _, temporary.FullName);
            var used = Assert.Single(temporary.GetDirectories());
            Assert.NotEqual(left.Name, used.Name);
            using var another = Parent(Misdeed.Sleep, out _, temporary.FullName);
            Assert.True(Directory.Exists(used.FullName), "a folder in use was deleted");
            next.Kill();
            another.Kill();
            next.WaitForExit();
            another.WaitForExit();
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static Process Parent(Misdeed misdeed, out int host, string? temporary = null)
    {
        var command = HostCommands.This("parent", misdeed.ToString());
        var start = new ProcessStartInfo(command.File, command.Arguments) { RedirectStandardOutput = true };
        foreach (var name in temporary is null ? [] : (string[])["TMPDIR", "TMP"])
        {
            start.Environment[name] = temporary;
        }

        var parent = Process.Start(start)!;
        host = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        return parent;
    }
}
