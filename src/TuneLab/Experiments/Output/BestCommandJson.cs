using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Commands;

namespace TuneLab.Experiments.Output;

/// <summary>What tuning a program leaves instead of a model: the best configuration, and the command that runs it.</summary>
internal static class BestCommandJson
{
    private static readonly System.Text.Json.JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8, indented. <c>run</c> is quoted as the experiment file quotes; its seed, where it takes one, is 0.</summary>
    public static byte[] Write(CommandPlan command, string experiment, Contender best)
    {
        var words = CommandEvaluator.Words(command, best.Configuration, rows: 1, seed: 0);
        var configuration = new JsonObject();
        foreach (var (name, value) in best.Configuration.Values)
        {
            configuration[name] = value.Name is { } text ? text : value.Number;
        }

        var document = new JsonObject
        {
            ["experiment"] = experiment,
            ["configuration"] = configuration,
            ["run"] = CommandLine.Quote(words),
            ["arguments"] = new JsonArray([.. words.Select(w => (JsonNode)w)]),
            ["metric"] = best.Metric,
            ["validation"] = best.Validation.Mean,
            ["confirm"] = best.Confirm?.Mean,
        };
        return Encoding.UTF8.GetBytes(document.ToJsonString(Options) + "\n");
    }
}
