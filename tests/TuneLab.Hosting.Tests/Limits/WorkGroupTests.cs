using TuneLab.Errors;
using TuneLab.Hosting.Limits;

namespace TuneLab.Hosting.Tests.Limits;

/// <summary>Control groups on a folder that looks like a system's.</summary>
public sealed class WorkGroupTests : IDisposable
{
    private const string Group = "sys/fs/cgroup/user.slice/app.service/";

    private readonly string _root = Directory.CreateTempSubdirectory("tunelab-cgroup-").FullName;

    public WorkGroupTests()
    {
        Write("proc/self/cgroup", "3:cpu:/\n0::/user.slice/app.service\n");
        Write("proc/self/mountinfo", "24 1 0:22 / /proc rw shared:5 - proc proc rw\n35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");
        Write(Group + "cgroup.controllers", "cpu io memory pids\n");
        Write(Group + "cgroup.subtree_control", "");
        Write(Group + "cgroup.procs", "77\n");
    }

    [Fact]
    public void Make_AloneInItsGroup_MovesTheWorkerBelowAndCaps()
    {
        using var group = WorkGroup.Make(_root, 77, 4L << 30);
        Assert.Equal("77", Read(Group + "tunelab-worker/cgroup.procs"));
        Assert.Equal("+cpu +memory", Read(Group + "cgroup.subtree_control"));
        Assert.Equal("4294967296", Read(Group + "tunelab-77/memory.max"));
        Assert.Equal("1", Read(Group + "tunelab-77/cpu.weight"));
        group.Add(99);
        Assert.Equal("99", Read(Group + "tunelab-77/cgroup.procs"));
    }

    [Fact]
    public void Make_InAGroupThatHandsControllersOn_MovesNobody()
    {
        Write(Group + "cgroup.subtree_control", "cpu memory\n");
        using var group = WorkGroup.Make(_root, 77, 1);
        Assert.False(Directory.Exists(At(Group + "tunelab-worker")));
        Assert.Equal("cpu memory\n", Read(Group + "cgroup.subtree_control"));
    }

    [Fact]
    public void Make_WithOthersInItsGroup_LeavesThemWhereTheyAre()
    {
        Write(Group + "cgroup.procs", "77\n78\n");
        using var group = WorkGroup.Make(_root, 77, 1);
        Assert.False(Directory.Exists(At(Group + "tunelab-worker"))); // the kernel then refuses to hand controllers on, which this folder does not
    }

    [Fact]
    public void Make_WithoutTheMemoryController_SaysSo()
    {
        Write(Group + "cgroup.controllers", "cpu\n");
        Assert.Contains("can't cap memory: it has the controllers 'cpu'", Assert.Throws<TuneLabException>(() => WorkGroup.Make(_root, 77, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("can't cap memory", WorkGroup.Hindrance(_root), StringComparison.Ordinal);
        using var group = WorkGroup.Make(_root, 77, null);
        Assert.False(File.Exists(At(Group + "tunelab-77/memory.max")));
    }

    [Theory]
    [InlineData("proc/self/cgroup", "3:cpu:/\n")]
    [InlineData("proc/self/mountinfo", "24 1 0:22 / /sys/fs/cgroup rw - cgroup cgroup rw\n")]
    public void Make_OnVersion1_SaysSo(string file, string text)
    {
        Write(file, text);
        Assert.Equal("the system has no control groups of version 2", Assert.Throws<TuneLabException>(() => WorkGroup.Make(_root, 77, 1)).Message);
        Assert.Equal("the system has no control groups of version 2", WorkGroup.Hindrance(_root));
    }

    [Fact]
    public void Hindrance_WhereOneMayBeMade_IsNone() => Assert.Null(WorkGroup.Hindrance(_root));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string At(string path) => Path.Combine([_root, .. path.Split('/')]);

    private string Read(string path) => File.ReadAllText(At(path));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
