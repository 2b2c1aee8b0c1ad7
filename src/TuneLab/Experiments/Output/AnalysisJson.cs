using System.Text.Json;
using System.Text.Json.Serialization;

namespace TuneLab.Experiments.Output;

/// <summary>The JSON form of an <see cref="ExperimentAnalysis"/>: what the store keeps and analysis.json holds. Keys in snake case, numbers with round trip, NaN and infinities as texts.</summary>
public static class AnalysisJson
{
    internal static readonly JsonSerializerOptions Options = new() { Converters = { new ParameterValueJson(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) }, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>As UTF-8.</summary>
    public static byte[] Write(ExperimentAnalysis analysis) => JsonSerializer.SerializeToUtf8Bytes(analysis, Options);

    /// <summary>Reads <see cref="Write"/> back; null when a later version wrote it in another form.</summary>
    public static ExperimentAnalysis? Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<ExperimentAnalysis>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
