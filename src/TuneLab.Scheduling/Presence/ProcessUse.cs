namespace TuneLab.Scheduling.Presence;

/// <summary>What one process has used.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="Seconds">Processor seconds, those of its children that have ended in them.</param>
/// <param name="Bytes">Resident memory.</param>
internal readonly record struct ProcessUse(int Id, int Parent, double Seconds, long Bytes)
{
    /// <summary>Some processes and all below them.</summary>
    public static HashSet<int> Below(IEnumerable<int> roots, IEnumerable<ProcessUse> all)
    {
        var children = all.ToLookup(p => p.Parent);
        var members = new HashSet<int>(roots);
        var open = new Queue<int>(members);
        while (open.TryDequeue(out var id))
        {
            foreach (var child in children[id].Where(c => members.Add(c.Id)))
            {
                open.Enqueue(child.Id);
            }
        }

        return members;
    }
}
