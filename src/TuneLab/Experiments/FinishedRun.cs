using System.Text.Json.Nodes;
using TuneLab.Experiments.Output;
using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>A stored answer, with the budget that the experiment had used up when it last came to its end.</summary>
/// <param name="Result">The answer; not complete when the run that went on from there was stopped.</param>
/// <param name="Trials">The budget in trials; null: no limit.</param>
/// <param name="Seconds">The budget in seconds; null: no limit.</param>
/// <param name="MemoryBytes">The budget in memory, where it ended a stage; null: it did not limit.</param>
internal sealed record FinishedRun(ExperimentResult Result, int? Trials, double? Seconds, long? MemoryBytes)
{
    /// <summary>The stored answer of an experiment that has come to its end at least once, or null.</summary>
    public static FinishedRun? Of(ExperimentRecord record)
        => record.Result is { } json && JsonNode.Parse(json)?["budget"] is { } budget ? new FinishedRun(ResultJson.Read(json), (int?)budget["trials"], (double?)budget["seconds"], (long?)budget["memory_bytes"]) : null;

    /// <summary>The text to store.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="budget">What it may take; counts as used up when the answer is complete.</param>
    /// <param name="before">The answer that the run went on from, or null.</param>
    public static string Write(ExperimentResult result, BudgetPlan budget, FinishedRun? before)
    {
        var node = ResultJson.ToNode(result);
        if (result.Complete)
        {
            node["budget"] = new JsonObject { ["trials"] = budget.Trials, ["seconds"] = budget.Time?.TotalSeconds, ["memory_bytes"] = result.Stages.Any(s => s.Exit == "memory") ? budget.MemoryBytes : null };
        }
        else if (before is not null)
        {
            node["budget"] = new JsonObject { ["trials"] = before.Trials, ["seconds"] = before.Seconds, ["memory_bytes"] = before.MemoryBytes };
        }

        return node.ToJsonString();
    }

    /// <summary>Whether a budget asks for nothing that has not been done.</summary>
    public bool Covers(BudgetPlan budget)
        => Result.Complete && Within(budget.Trials, Trials) && Within(budget.Time?.TotalSeconds, Seconds) && Within(budget.MemoryBytes, MemoryBytes);

    private static bool Within(double? asked, double? used) => used is null || asked <= used;
}
