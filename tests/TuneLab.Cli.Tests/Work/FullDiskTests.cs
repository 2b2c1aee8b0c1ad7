using System.Diagnostics;
using TuneLab.Cli.Tests.Runs;
using TuneLab.Testing.Workers;

namespace TuneLab.Cli.Tests.Work;

/// <summary>A worker whose store lies on a small file system of its own that fills up, in a process with mounts of its own.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Script = """
        set -e
        mkdir disk && mount -t tmpfs -o size=6m none disk
        export TUNELAB_STORE="$PWD/disk/store.db"
        tool() { "$DOTNET" "$TOOL" "$@"; }
        until_seen() { for i in $(seq 400); do grep -q "$1" work.log && return; kill -0 $work 2>/dev/null || return 0; sleep 0.1; done; echo "never seen: $1"; }
        tool queue add one.yaml two.yaml
        tool work --drain --jobs 1 --settings worker.yaml > work.log 2>&1 &
        work=$!
        until_seen "one: begins"
        sleep 1.5
        if dd if=/dev/zero of=disk/fill bs=4k 2>/dev/null; then echo "never full"; fi
        until_seen "full"
        sleep 1
        rm disk/fill
        wait $work
        echo "exit $?"
        cat work.log
        tool queue list --all

        """;

    private const string FullAtTheStart = """
        mkdir disk && mount -t tmpfs -o size=1m,nr_inodes=60 none disk
        export TUNELAB_STORE="$PWD/disk/deep/store.db"
        tool() { "$DOTNET" "$TOOL" "$@"; }
        try() { tool work --drain --settings worker.yaml; echo "exit $?"; }
        if dd if=/dev/zero of=disk/fill bs=4k 2>/dev/null; then echo "never full"; fi
        try
        rm disk/fill
        tool queue add one.yaml
        if dd if=/dev/zero of=disk/fill bs=4k 2>/dev/null; then echo "never full"; fi
        try
        rm disk/fill
        i=0; while touch disk/$i 2>/dev/null; do i=$((i + 1)); done
        try
        umount disk
        rmdir disk
        echo file > disk
        try

        """;

    private static readonly string[] Names = ["one", "two"];

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Work_DiskFullForAWhile_SaysSoAndEndsAllWhenThereIsRoom()
    {
        Skip.IfNot(await Works("unshare -m sh -c 'mount -t tmpfs none /mnt'"), "file systems can't be mounted here");
        LoggedPrograms.WriteTo(_folder.Folder, Names, trials: 10, seconds: 0.2);
        _folder.Write("worker.yaml", "nice: 0\nio: normal\nretry: { attempts: 20, wait: 1s }\n");
        _folder.Write("script.sh", Script.ReplaceLineEndings("\n"));
        var (code, output) = await Shell("unshare -m sh script.sh");
        Assert.True(code == 0, output);
        Assert.Contains("exit 0", output, StringComparison.Ordinal);
        Assert.DoesNotContain("never ", output, StringComparison.Ordinal);
        Assert.Contains("full", output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split(" done ").Length - 1);

        using var undisturbed = new CliFolder();
        LoggedPrograms.WriteTo(undisturbed.Folder, Names, trials: 10, seconds: 0);
        foreach (var name in Names)
        {
            undisturbed.Run("run", name + ".yaml", "--quiet").Expect(0);
            Assert.Equal(TrialsFile.Lasting(undisturbed.At($"runs/{name}/trials.csv")), TrialsFile.Lasting(_folder.At($"runs/{name}/trials.csv")));
        }
    }

    [SkippableFact]
    public async Task Work_DiskFullOrAwayWhenItStarts_IsNoFaultOfTheInput()
    {
        Skip.IfNot(await Works("unshare -m sh -c 'mount -t tmpfs none /mnt'"), "file systems can't be mounted here");
        LoggedPrograms.WriteTo(_folder.Folder, Names, trials: 1, seconds: 0);
        _folder.Write("worker.yaml", "nice: 0\nio: normal\n");
        _folder.Write("script.sh", FullAtTheStart.ReplaceLineEndings("\n"));
        var (_, output) = await Shell("unshare -m sh script.sh");
        Assert.DoesNotContain("never ", output, StringComparison.Ordinal);
        Assert.Equal(["exit 1", "exit 1", "exit 1", "exit 1"], output.Split('\n').Where(l => l.StartsWith("exit ", StringComparison.Ordinal)));
    }

    private async Task<bool> Works(string command) => OperatingSystem.IsLinux() && (await Shell(command)).Code == 0;

    private async Task<(int Code, string Output)> Shell(string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _folder.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET"] = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        start.Environment["TOOL"] = Path.Combine(AppContext.BaseDirectory, "tunelab.dll");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
