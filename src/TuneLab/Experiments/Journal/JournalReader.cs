using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Storage;

namespace TuneLab.Experiments.Journal;

/// <summary>Reads what is known from a store: every experiment that came to its end, and the notes.</summary>
public static class JournalReader
{
    /// <summary>The entries, newest first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="words">Only entries that have all of these, in any of their texts, whatever the case; empty: all.</param>
    public static IReadOnlyList<JournalEntry> Read(ITrialStore store, IReadOnlyList<string> words)
    {
        var experiments = store.Experiments();
        var notes = store.Notes().Select(n => new JournalEntry(n.When, experiments.FirstOrDefault(e => e.Id == n.Experiment)?.Name, n.Experiment, n.Text));
        return [.. experiments.Select(AnswerOf).OfType<JournalEntry>().Concat(notes).Where(e => words.All(w => Texts(e).Any(t => t.Contains(w, StringComparison.OrdinalIgnoreCase)))).OrderByDescending(e => e.When).ThenByDescending(e => e.ExperimentId)];
    }

    /// <summary>What is known of some data, newest first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="fingerprint">Identifies the data.</param>
    /// <param name="but">An experiment that is left out.</param>
    public static IReadOnlyList<JournalEntry> Of(ITrialStore store, string fingerprint, long but)
        => [.. store.Experiments().Where(e => e.Fingerprint == fingerprint && e.Id != but).Select(AnswerOf).OfType<JournalEntry>().OrderByDescending(e => e.When).ThenByDescending(e => e.ExperimentId)];

    private static JournalEntry? AnswerOf(ExperimentRecord record)
    {
        if (FinishedRun.Of(record) is not { Result: var result })
        {
            return null;
        }

        var entry = new JournalEntry(record.Updated, record.Name, record.Id, null) { Verdict = result.Verdict, Metric = result.Best.Metric, Fingerprint = record.Fingerprint, Winner = result.Best };
        try
        {
            var plan = PlanReader.Read(record.Plan, record.Name);
            if (plan.Validate.Outer is not null)
            {
                return null; // part of another one's answer
            }

            return entry with { Question = plan.Question, Hypothesis = plan.Hypothesis, Data = plan.Command?.Folder ?? Path.GetFileName(plan.Data.File) };
        }
        catch (InputException)
        {
            return entry; // a plan that this version does not read: what was found still stands
        }
    }

    private static IEnumerable<string> Texts(JournalEntry entry)
        => new[] { entry.Experiment, entry.Note, entry.Question, entry.Hypothesis, entry.Verdict?.Sentence, entry.Metric, entry.Data, entry.Winner?.Trainer }.OfType<string>();
}
