using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>The best configuration, ready to paste, and what it changed.</summary>
internal static class ConfigurationSection
{
    public static ReportSection From(RunRecord record)
    {
        var best = record.Result.Best;
        var changes = ConfigurationText.Changes(record);
        return new ReportSection("Best configuration",
        [
            .. record.Start.Table is null
                ? (ReportBlock[])[new ParagraphBlock("A program leaves no model here: this configuration is what was found. best.json has it too, with the whole command."), new CodeBlock("yaml", ConfigurationText.ProgramYaml(best.Settled))]
                : [new ParagraphBlock($"To be pasted into an experiment file, it fixes {best.Trainer} to what won."), new CodeBlock("yaml", ConfigurationText.Yaml(best.Settled))],
            changes.Count == 0
                ? new ParagraphBlock($"{best.Trainer} has no hyperparameters.")
                : new TableBlock(
                    [new("hyperparameter"), new("winner", true), new("default of " + best.Trainer, true), new("")],
                    [.. changes.Select(c => (IReadOnlyList<string>)[c.Name, c.Winner, c.Default, c.Why])]),
        ]);
    }
}
