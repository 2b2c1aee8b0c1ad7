namespace TuneLab.Scheduling.Presence;

/// <summary>What TuneLab's processes have used since the first look, whoever of them begins or ends meanwhile. Used by one thread.</summary>
internal sealed class OwnUse
{
    private IReadOnlyList<ProcessUse> _all = [];
    private HashSet<int> _members = [];
    private double _seconds;

    /// <summary>Takes a look.</summary>
    /// <param name="roots">TuneLab's processes; all below them are its own too.</param>
    /// <param name="all">Every process of the machine that can be seen.</param>
    /// <returns>Processor seconds since the first look, and resident memory now.</returns>
    public (double Seconds, long Bytes) Look(IEnumerable<int> roots, IReadOnlyList<ProcessUse> all)
    {
        var members = ProcessUse.Below(roots, all);
        if (_all.Count > 0)
        {
            // a process that ended is in its parent's sum by now; one whose parent ended first is lost, which must not count backwards
            var before = _all.Where(p => members.Contains(p.Id) || _members.Contains(p.Id)).Sum(p => p.Seconds);
            _seconds += Math.Max(0, all.Where(p => members.Contains(p.Id)).Sum(p => p.Seconds) - before);
        }

        (_all, _members) = (all, members);
        return (_seconds, all.Where(p => members.Contains(p.Id)).Sum(p => p.Bytes));
    }
}
