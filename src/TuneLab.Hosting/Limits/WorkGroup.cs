using TuneLab.Errors;

namespace TuneLab.Hosting.Limits;

/// <summary>
/// A Linux control group (version 2) of a worker's own, below the one that it runs in, for the processes of its experiments: the least share of the processors, and a cap on memory that covers all of them together.
/// One may be made where the system has handed the worker's group to its user, as <c>systemd-run --user --scope -p Delegate=yes</c> and units with <c>Delegate=yes</c> do.
/// </summary>
public sealed class WorkGroup : IDisposable
{
    // 1 to 10000, 100 is everybody's
    private const string LeastShare = "1";
    private const string Controllers = "cgroup.subtree_control";

    private readonly string _folder;

    private WorkGroup(string folder) => _folder = folder;

    /// <summary>Makes the group.</summary>
    /// <param name="root">The root of the file system: <c>/</c>; another folder in tests.</param>
    /// <param name="process">The worker's number.</param>
    /// <param name="memoryBytes">The cap; null: none.</param>
    /// <exception cref="TuneLabException">None may be made; the message says why.</exception>
    public static WorkGroup Make(string root, int process, long? memoryBytes)
    {
        var own = Own(root);
        try
        {
            var wanted = memoryBytes is null ? new[] { "cpu" } : ["cpu", "memory"];
            var offered = Words(Path.Combine(own, "cgroup.controllers"));
            if (memoryBytes is not null && !offered.Contains("memory"))
            {
                throw new TuneLabException($"{own} can't cap memory: it has the controllers '{string.Join(' ', offered)}'");
            }

            Enable(own, process, [.. wanted.Intersect(offered)]);
            var folder = Path.Combine(own, "tunelab-" + process.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(folder);
            if (offered.Contains("cpu"))
            {
                File.WriteAllText(Path.Combine(folder, "cpu.weight"), LeastShare);
            }

            if (memoryBytes is { } cap)
            {
                File.WriteAllText(Path.Combine(folder, "memory.max"), cap.ToString(CultureInfo.InvariantCulture));
            }

            return new WorkGroup(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TuneLabException($"no group may be made below {own}: {e.Message}", null, e);
        }
    }

    /// <summary>Why none may be made, as a clause; null where one may be, as far as can be told without making one.</summary>
    /// <param name="root">As in <see cref="Make"/>.</param>
    public static string? Hindrance(string root)
    {
        try
        {
            var own = Own(root);
            var offered = Words(Path.Combine(own, "cgroup.controllers"));
            if (!offered.Contains("memory"))
            {
                return $"{own} can't cap memory: it has the controllers '{string.Join(' ', offered)}'";
            }

            using var may = new FileStream(Path.Combine(own, Controllers), FileMode.Open, FileAccess.Write);
            return null;
        }
        catch (TuneLabException e)
        {
            return e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message.TrimEnd('.');
        }
    }

    /// <summary>Puts a process, with what it will start, into the group.</summary>
    /// <exception cref="TuneLabException">It can't be.</exception>
    public void Add(int process)
    {
        try
        {
            File.WriteAllText(Path.Combine(_folder, "cgroup.procs"), process.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TuneLabException($"the process could not be put into {_folder}: {e.Message}", null, e);
        }
    }

    /// <summary>Removes the group, if its processes have ended.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder); // a group's files are no content
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // one of its processes is still ending: an empty group does no harm
        }
    }

    // only a group without processes of its own may hand controllers on: the worker moves into one below, if it is alone
    private static void Enable(string own, int process, string[] wanted)
    {
        var control = Path.Combine(own, Controllers);
        if (wanted.Except(Words(control)).ToArray() is not { Length: > 0 } missing)
        {
            return;
        }

        var enable = string.Join(' ', missing.Select(m => "+" + m));
        var self = process.ToString(CultureInfo.InvariantCulture);
        if (Words(Path.Combine(own, "cgroup.procs")) is [var only] && only == self)
        {
            var leaf = Directory.CreateDirectory(Path.Combine(own, "tunelab-worker")).FullName;
            File.WriteAllText(Path.Combine(leaf, "cgroup.procs"), self);
        }

        File.WriteAllText(control, enable);
    }

    private static string Own(string root)
    {
        var path = Lines(Path.Combine(root, "proc/self/cgroup")).FirstOrDefault(l => l.StartsWith("0::/", StringComparison.Ordinal))?[4..];
        var mount = Lines(Path.Combine(root, "proc/self/mountinfo")).FirstOrDefault(l => l.Contains(" - cgroup2 ", StringComparison.Ordinal))?.Split(' ');
        return path is null || mount is not { Length: > 4 } ? throw new TuneLabException("the system has no control groups of version 2") : Path.Combine(root, mount[4].TrimStart('/'), path);
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string[] Words(string file) => string.Join(' ', Lines(file)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
