using System.ComponentModel;
using System.Diagnostics;
using TuneLab.Experiments;

namespace TuneLab.Hosting.Processes;

/// <summary>
/// A process with its children. On Linux all of them that can be reached through their parents are measured; elsewhere the process itself. Processes whose parent has ended before they were seen are out of reach.
/// Used by one thread.
/// </summary>
/// <param name="root">The process.</param>
/// <param name="time">The clock.</param>
/// <param name="guard">Has watched over it since it began, where it can't see to it itself that it ends when this process has ended, even killed; ended with this. <value>Null: it is watched over while it is suspended.</value></param>
internal sealed class ProcessTree(Process root, TimeProvider time, OrphanGuard? guard = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly int _id = root.Id;
    private readonly Dictionary<int, string> _seen = [];
    private readonly List<int> _suspended = [];
    private readonly bool _isWatched = guard is not null;
    private OrphanGuard? _guard = guard;
    private long _measuredAt;
    private long _now;
    private bool _measured;

    /// <summary>The most resident bytes that were measured; 0 when none were.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Resident bytes, measured at most 20 times a second.</summary>
    public long MeasureBytes()
    {
        if (_measured && time.GetElapsedTime(_measuredAt) < Interval)
        {
            return _now;
        }

        (_measured, _measuredAt) = (true, time.GetTimestamp());
        _now = Members().Sum(id => ResidentMemory.Of(root, id).Now);
        PeakBytes = Math.Max(PeakBytes, _now);
        return _now;
    }

    /// <summary>Ends it and its children, those too that it has left behind.</summary>
    public void Kill()
    {
        _ = Members().Count;
        try
        {
            root.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // has ended, or one of its children has in between
        }

        foreach (var (id, started) in _seen)
        {
            KillLeftover(id, started);
        }

        LetGo();
    }

    /// <summary>Suspends it and its children until <paramref name="pause"/> lets go.</summary>
    public void Rest(RunPause pause, CancellationToken cancellation)
    {
        try
        {
            Suspend();
            pause.Wait(cancellation);
        }
        finally
        {
            Resume();
        }
    }

    /// <summary>Suspends it and its children; on Unix they end with this process, however it ends.</summary>
    public void Suspend()
    {
        // until there are none that one of them started before it was reached
        for (var found = Members(); found.Count > 0; found = [.. Members().Except(_suspended)])
        {
            _suspended.AddRange(found);
            found.ForEach(ProcessSuspension.Suspend);
        }

        if (!_isWatched)
        {
            _guard?.Dispose();
            _guard = OrphanGuard.Start();
            _guard?.Watch(_suspended);
        }
    }

    /// <summary>Has those go on that <see cref="Suspend"/> suspended.</summary>
    public void Resume()
    {
        _suspended.ForEach(ProcessSuspension.Resume);
        _suspended.Clear();
        if (!_isWatched)
        {
            LetGo();
        }
    }

    /// <summary>Watches over them no more: they have ended, or go on by themselves, and their numbers are given to others in time.</summary>
    public void LetGo()
    {
        _guard?.Dispose();
        _guard = null;
        _suspended.Clear();
    }

    private List<int> Members()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [_id];
        }

        var members = new List<int> { _id };
        for (var i = 0; i < members.Count; i++)
        {
            foreach (var child in Children(members[i]).Where(c => !members.Contains(c)))
            {
                members.Add(child);
                if (!_seen.ContainsKey(child) && StartOf(child) is { } started)
                {
                    _seen[child] = started;
                }
            }
        }

        return members;
    }

    // a number is given again to another process in time: only the one that was seen may be ended
    private static void KillLeftover(int id, string started)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            if (StartOf(id) == started)
            {
                process.Kill();
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // has ended
        }
    }

    private static IEnumerable<int> Children(int id)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/task")
                .SelectMany(task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // has ended, or the kernel does not tell
        }
    }

    // field 22 of /proc/N/stat, behind a name in brackets that may hold anything
    private static string? StartOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
