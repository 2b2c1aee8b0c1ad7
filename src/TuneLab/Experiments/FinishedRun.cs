using System.Text.Json.Nodes;
using TuneLab.Experiments.Output;
using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>A stored answer, with the budget that it used up.</summary>
/// <param name="Result">The answer.</param>
/// <param name="Trials">The budget in trials; null: no limit.</param>
/// <param name="Seconds">The budget in seconds; null: no limit.</param>
internal sealed record FinishedRun(ExperimentResult Result, int? Trials, double? Seconds)
{
    /// <summary>The stored answer of an experiment that has come to one, or null.</summary>
    public static FinishedRun? Of(ExperimentRecord record)
    {
        if (record.Result is not { } json || JsonNode.Parse(json) is not JsonObject node || (bool?)node["complete"] != true || node["budget"] is not { } budget)
        {
            return null;
        }

        return new FinishedRun(ResultJson.Read(json), (int?)budget["trials"], (double?)budget["seconds"]);
    }

    /// <summary>The text to store.</summary>
    public static string Write(ExperimentResult result, BudgetPlan budget)
    {
        var node = ResultJson.ToNode(result);
        node["budget"] = new JsonObject { ["trials"] = budget.Trials, ["seconds"] = budget.Time?.TotalSeconds };
        return node.ToJsonString();
    }

    /// <summary>Whether a budget asks for nothing that has not been done.</summary>
    public bool Covers(BudgetPlan budget)
        => (Trials is null || (budget.Trials is { } trials && trials <= Trials)) && (Seconds is null || (budget.Time is { } time && time.TotalSeconds <= Seconds));
}
