using System.Text.Json.Nodes;
using TuneLab.Errors;

namespace TuneLab.Training.Packaging;

/// <summary>What <c>ensemble.json</c> in a model zip says: the members, their weights and the entries that hold them.</summary>
internal static class EnsembleCard
{
    private const string Format = "tunelab-ensemble/";

    // raised when an older reader can't read it
    private const int FormatVersion = 1;

    /// <summary>As JSON, indented.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="entries">[members] the names of the zip's entries that hold the models.</param>
    public static string ToJson(EnsembleExport ensemble, IReadOnlyList<string> entries)
    {
        var scores = new JsonObject();
        foreach (var (name, value) in ensemble.Scores)
        {
            scores[name] = double.IsFinite(value) ? value : null;
        }

        return new JsonObject
        {
            ["format"] = Format + FormatVersion.ToString(CultureInfo.InvariantCulture),
            ["members"] = new JsonArray([.. ensemble.Members.Select((m, i) => (JsonNode)new JsonObject
            {
                ["model"] = entries[i],
                ["trainer"] = m.Trainer,
                ["trainer_version"] = m.TrainerVersion,
                ["configuration"] = m.Configuration,
                ["rounds"] = m.Rounds,
                ["weight"] = m.Weight,
            })]),
            ["scores"] = scores,
        }.ToJsonString(new() { WriteIndented = true });
    }

    /// <summary>The members: the entry that holds the model, the trainer that reads it, the weight.</summary>
    /// <exception cref="InputException">It is no ensemble, or of a newer format.</exception>
    public static IReadOnlyList<(string Entry, string Trainer, double Weight)> FromJson(string json)
    {
        var node = JsonNode.Parse(json) as JsonObject ?? throw new InputException("ensemble.json is no JSON object.");
        var format = (string?)node["format"] ?? "";
        if (!format.StartsWith(Format, StringComparison.Ordinal) || !int.TryParse(format.AsSpan(Format.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw new InputException($"ensemble.json says the format '{format}', which is none of TuneLab's.");
        }

        if (version > FormatVersion)
        {
            throw new InputException($"The ensemble was written in format {version}; this program reads up to {FormatVersion}.", "use the TuneLab version that wrote it, or a newer one.");
        }

        return [.. node["members"]!.AsArray().Select(m => ((string)m!["model"]!, (string)m["trainer"]!, (double)m["weight"]!))];
    }
}
