using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Queue;

/// <summary>Makes entries of plans.</summary>
public static class QueueIntake
{
    /// <summary>The entry of a plan that was read and checked: its content, not its file, is what will run.</summary>
    /// <exception cref="Errors.InputException">The data file, or an input of the program, can't be read.</exception>
    public static QueueEntry Of(ExperimentPlan plan, string file)
        => new() { Name = plan.Name, Plan = PlanJson.Write(plan), File = file, DataDigest = DataDigest.Of(plan) };

    /// <summary>The entry that asks the same on the same data and has not ended, or null; one that repeats takes the data as they are at its turn.</summary>
    public static QueueEntry? Twin(QueueEntry entry, IEnumerable<QueueEntry> entries)
        => entries.FirstOrDefault(e => !e.Ended && e.Plan == entry.Plan && (e.Repeat is not null || e.DataDigest == entry.DataDigest));
}
