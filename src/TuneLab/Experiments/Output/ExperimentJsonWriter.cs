using System.Text;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Files;

namespace TuneLab.Experiments.Output;

/// <summary>Plan, environment, fingerprint, seeds, winner and verdict in one document: what is needed to say what was done and to do it again.</summary>
public sealed class ExperimentJsonWriter : IResultWriter
{
    /// <inheritdoc/>
    public string Kind => "experiment";

    /// <inheritdoc/>
    public string FileName => "experiment.json";

    /// <inheritdoc/>
    public void Write(RunRecord record, Stream stream)
    {
        var environment = new JsonObject();
        foreach (var (name, value) in record.Environment)
        {
            environment[name] = value;
        }

        var (resolved, table) = (record.Start.Plan, record.Start.Table);
        var document = new JsonObject
        {
            ["plan"] = JsonNode.Parse(PlanJson.Canonical(PlanJson.Settled(resolved))),
            ["stages_auto"] = resolved.StagesAreAuto,
            ["data"] = table is null ? new JsonObject { ["fingerprint"] = record.Start.Fingerprint } : new JsonObject
            {
                ["fingerprint"] = record.Start.Fingerprint,
                ["rows"] = table.RowCount,
                ["rows_without_label"] = table.RowsWithoutLabel,
                ["features"] = table.Features.Count,
                ["training_rows"] = record.Start.TrainingRows,
                ["holdout_rows"] = record.Start.HoldoutRows,
            },
            ["seed"] = resolved.Plan.Seed,
            ["environment"] = environment,
            ["result"] = ResultJson.ToNode(record.Result),
        };
        stream.Write(Encoding.UTF8.GetBytes(document.ToJsonString(new() { WriteIndented = true }) + "\n"));
    }
}
