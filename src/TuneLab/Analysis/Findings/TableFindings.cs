using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Analysis.Findings;

/// <summary>Looks a table over before anything is trained on it.</summary>
public static class TableFindings
{
    private static readonly TableCheck[] Checks =
        [new GiveawayColumns(), new TinyClasses(), new SharedEntities(), new DuplicateRows(), new TimeOrder(), new UselessColumns(), new ExtremeValues()];

    /// <summary>What there is to say, errors first, then warnings, then hints: a pure function of its arguments.</summary>
    /// <param name="table">The table with its roles.</param>
    /// <param name="split">How it is going to be parted.</param>
    /// <param name="profile">Its profile, with the label.</param>
    public static IReadOnlyList<Finding> Of(TaskTable table, PlannedSplit split, DatasetProfile profile)
    {
        var view = new TableView(table, split, profile);
        return [.. Checks.SelectMany(c => c.Look(view)).OrderByDescending(f => f.Severity)];
    }

    /// <summary>Refuses to go on over errors, and where it is strict over warnings too.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="source">What was looked at, for the message.</param>
    /// <param name="strict">Whether a warning is enough.</param>
    /// <exception cref="InputException">All findings that stop, each with what to do.</exception>
    public static void Require(IReadOnlyList<Finding> findings, string source, bool strict)
    {
        string[] faults = [.. findings.Where(f => f.Severity == FindingSeverity.Error || (strict && f.Severity == FindingSeverity.Warning)).Select(f => $"{f.Id}: {f.Sentence} {f.Advice}")];
        if (faults.Length > 0)
        {
            throw new InputException($"{source} was looked over before anything was trained:", faults, "Nothing was trained. " + (findings.Any(f => f.Severity == FindingSeverity.Error) ? "Change the experiment file as said." : "Change the experiment file as said, or run without --strict."));
        }
    }
}
