using TuneLab.Experiments;
using TuneLab.Reporting.Sections;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Terminal;

/// <summary>What <c>run</c> prints when it is done: plain lines, no colours.</summary>
public static class ConsoleReport
{
    private const int Indent = 2;

    /// <summary>Writes winner, baseline, verdict, changes, counts and files.</summary>
    public static void Write(RunRecord record, TextWriter writer)
    {
        var result = record.Result;
        Paragraph.Write(writer, $"verdict: {Explain.Outcome(result.Verdict.Outcome).ToUpperInvariant()}. {Explain.Finding(result.Verdict)}");
        if (!result.Complete)
        {
            Paragraph.Write(writer, "The run was stopped early: this is the best so far, and the same command goes on from here.");
        }

        writer.WriteLine();
        var metric = record.Start.Plan.Metric;
        TextTable.Write(writer, [[metric.Id, "winner", "best default", "gain"], .. ComparisonSection.Rows(record)], Indent);
        Paragraph.Write(writer, Explain.Direction(metric) + "; ± standard deviation; [95 % interval].", "  ");
        if (Explain.OutOfBag(record) is { } outOfBag)
        {
            Paragraph.Write(writer, outOfBag, "  ");
        }

        foreach (var gap in Explain.Gaps(record))
        {
            Paragraph.Write(writer, gap, "  ");
        }

        WriteEnsemble(record, writer);
        writer.WriteLine();
        WriteChanges(record, writer);
        writer.WriteLine();
        WriteWork(result, record.Start.Table is null ? "run" : "fold", writer);
        Paragraph.Write(writer, Explain.Looks(record));
        if (record.Start.Table is null)
        {
            Paragraph.Write(writer, "A program leaves no model here: its best configuration, with the whole command, is in best.json.");
        }

        if (result.Files.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine("files:");
            TextTable.Write(writer, [.. result.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (IReadOnlyList<string>)[f.Key, f.Value])], Indent);
        }
    }

    private static void WriteEnsemble(RunRecord record, TextWriter writer)
    {
        if (record.Result.EnsembleLeftOut is { } reason)
        {
            writer.WriteLine();
            Paragraph.Write(writer, EnsembleSection.LeftOut(reason));
        }

        if (record.Result.Ensemble is { } ensemble)
        {
            writer.WriteLine();
            TextTable.Write(writer, [[ensemble.Metric, "ensemble", "winner", "gain"], .. EnsembleSection.Rows(record, ensemble)], Indent);
            foreach (var words in EnsembleSection.Words(record, ensemble))
            {
                Paragraph.Write(writer, words, "  ");
            }
        }
    }

    private static void WriteChanges(RunRecord record, TextWriter writer)
    {
        var trainer = record.Result.Best.Trainer;
        var changed = ConfigurationText.Changes(record).Where(c => c.Why == ConfigurationText.Changed).ToList();
        if (changed.Count == 0)
        {
            writer.WriteLine($"The winner is {trainer} with its default hyperparameters.");
            return;
        }

        writer.WriteLine(record.Start.Table is null ? "What the winner changed against the default:" : $"What the winner changed against the default of {trainer}:");
        TextTable.Write(writer, [.. changed.Select(c => (IReadOnlyList<string>)[c.Name, c.Default, "->", c.Winner])], Indent);
    }

    private static void WriteWork(ExperimentResult result, string unit, TextWriter writer)
    {
        var (trials, evaluations, seconds) = (result.Trials, result.Evaluations, result.Seconds);
        Paragraph.Write(writer, $"{Show.Count(trials.Total, "trial")} ({Show.Whole(trials.Cached)} cached, {Show.Whole(trials.Pruned)} pruned, {Show.Whole(trials.Failed)} failed), "
            + $"{Show.Count(evaluations.Computed, unit)} computed and {Show.Whole(evaluations.Cached)} from the store, {Show.Seconds(seconds.Wall)} of active time in all.");
    }
}
