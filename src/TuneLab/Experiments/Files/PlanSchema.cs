using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Files.Sections;

namespace TuneLab.Experiments.Files;

/// <summary>The JSON Schema of the experiment file (draft 7, which editors know best), from the descriptions that <see cref="PlanReader"/> reads by.</summary>
public static class PlanSchema
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema, indented, with a line feed at its end: the content of <c>configs/experiment.schema.json</c>.</summary>
    public static string ToJson()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "TuneLab experiment",
            ["description"] = "One question about one dataset. `tunelab check FILE` says what is wrong with a file, `tunelab run FILE` answers it.",
        };
        foreach (var (name, part) in new ExperimentSection().Schema())
        {
            schema[name] = part?.DeepClone();
        }

        return schema.ToJsonString(Options) + "\n";
    }
}
