using System.Text.Json.Nodes;
using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Training.Packaging;

/// <summary>What a model file says of itself: read by people, and by <see cref="ModelPackage"/> to predict.</summary>
public sealed record ModelCard
{
    /// <summary>The layout of the zip; raised when an older reader can't read it.</summary>
    public const int FormatVersion = 1;

    /// <summary>What was learned.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The column that it predicts.</summary>
    public required string Label { get; init; }

    /// <summary>Names of the classes by index; empty for regression. Binary: the negative one, then the positive one.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Binary: at or above it the positive class is predicted.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>The trainer's id and version.</summary>
    public required string Trainer { get; init; }

    /// <summary>The trainer's version.</summary>
    public required int TrainerVersion { get; init; }

    /// <summary>The hyperparameters as canonical text.</summary>
    public required string Configuration { get; init; }

    /// <summary>Boosting rounds fitted.</summary>
    public required int Rounds { get; init; }

    /// <summary>The objective's id.</summary>
    public required string Metric { get; init; }

    /// <summary>Metric values by name: <c>validation.auc</c>, <c>confirm.auc</c>, <c>holdout.auc</c>, ...</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>The plan's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Fingerprint of the data that it was fitted on.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Texts that stand for a missing value in files for this model; null: the reader's own.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The plan as JSON.</summary>
    public required string Plan { get; init; }

    /// <summary>As JSON, indented; the input columns are added for people.</summary>
    internal string ToJson(IEnumerable<JsonNode> inputs)
    {
        var scores = new JsonObject();
        foreach (var (name, value) in Scores)
        {
            scores[name] = double.IsFinite(value) ? value : null;
        }

        return new JsonObject
        {
            ["format"] = "tunelab-model/" + FormatVersion.ToString(CultureInfo.InvariantCulture),
            ["task"] = Task.ToString().ToLowerInvariant(),
            ["label"] = Label,
            ["classes"] = new JsonArray([.. Classes.Select(c => (JsonNode)c)]),
            ["threshold"] = Threshold,
            ["trainer"] = Trainer,
            ["trainer_version"] = TrainerVersion,
            ["configuration"] = Configuration,
            ["rounds"] = Rounds,
            ["metric"] = Metric,
            ["scores"] = scores,
            ["seed"] = Seed,
            ["fingerprint"] = Fingerprint,
            ["experiment"] = Experiment,
            ["missing"] = Missing is null ? null : new JsonArray([.. Missing.Select(m => (JsonNode)m)]),
            ["inputs"] = new JsonArray([.. inputs]),
            ["plan"] = JsonNode.Parse(Plan),
        }.ToJsonString(new() { WriteIndented = true });
    }

    /// <summary>Reads <see cref="ToJson"/> back.</summary>
    /// <exception cref="InputException">It is no card, or of a newer format.</exception>
    internal static ModelCard FromJson(string json)
    {
        var node = JsonNode.Parse(json) as JsonObject ?? throw new InputException("model.json is no JSON object.");
        var format = (string?)node["format"] ?? "";
        if (!format.StartsWith("tunelab-model/", StringComparison.Ordinal) || !int.TryParse(format.AsSpan(14), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw new InputException($"model.json says the format '{format}', which is none of TuneLab's.");
        }

        if (version > FormatVersion)
        {
            throw new InputException($"The model was written in format {version}; this program reads up to {FormatVersion}.", "use the TuneLab version that wrote it, or a newer one.");
        }

        return new ModelCard
        {
            Task = Enum.Parse<LearningTask>((string)node["task"]!, ignoreCase: true),
            Label = (string)node["label"]!,
            Classes = [.. node["classes"]!.AsArray().Select(c => (string)c!)],
            Threshold = (double)node["threshold"]!,
            Trainer = (string)node["trainer"]!,
            TrainerVersion = (int)node["trainer_version"]!,
            Configuration = (string)node["configuration"]!,
            Rounds = (int)node["rounds"]!,
            Metric = (string)node["metric"]!,
            Scores = node["scores"]!.AsObject().ToDictionary(s => s.Key, s => s.Value is null ? double.NaN : (double)s.Value),
            Seed = (long)node["seed"]!,
            Fingerprint = (string)node["fingerprint"]!,
            Missing = node["missing"] is JsonArray missing ? [.. missing.Select(m => (string)m!)] : null,
            Experiment = (string)node["experiment"]!,
            Plan = node["plan"]!.ToJsonString(),
        };
    }
}
