using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What it takes to get the same again.</summary>
internal static class ReproduceSection
{
    public static ReportSection From(RunRecord record)
    {
        var plan = record.Start.Plan.Plan;
        var exact = plan.Budget is { Time: null, Deadline: null };
        List<KeyValuePair<string, string>> facts =
        [
            new("Seed", plan.Seed.ToString(CultureInfo.InvariantCulture)),
            new(record.Start.Table is null ? "Program's fingerprint" : "Data fingerprint", record.Start.Fingerprint),
            .. record.Start.Plan.Trainers.Select(t => new KeyValuePair<string, string>("Trainer " + t.Trainer.Info.Id, string.Create(CultureInfo.InvariantCulture, $"version {t.Trainer.Info.Version}, {t.Trainer.Info.Engine}"))),
            .. record.Environment,
            new("Store", record.Start.Store),
        ];
        return new ReportSection("Reproduce",
        [
            new CodeBlock("sh", "tunelab run " + (plan.File is { } file ? Quoted(file) : "FILE")),
            new ParagraphBlock(exact && plan.Command is not null
                ? "The budget is in trials: the same file, seed and inputs give the same trials at any number of jobs, as far as the program scores the same with the same seed."
                : exact
                ? "The budget is in trials: the same file, seed and data give the same trials, scores and model at any number of jobs, on the same system and version."
                : "The budget is in time, so another run may get further or less far; the trials it has in common with this one score the same."),
            .. record.Result.Prior == 0 ? (ReportBlock[])[] : [new ParagraphBlock($"The search began with {Show.Count(record.Result.Prior, "configuration")} that did well in earlier experiments on these data, as this store knew them; with another store, or with --no-prior, it goes another way.")],
            new FactsBlock(facts),
        ]);
    }

    private static string Quoted(string path) => path.All(c => char.IsLetterOrDigit(c) || c is '/' or '\\' or '.' or '-' or '_' or ':') ? path : "'" + path.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
