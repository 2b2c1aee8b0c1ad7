using System.Text.Json;
using System.Text.Json.Serialization;
using TuneLab.Space;

namespace TuneLab.Experiments.Output;

/// <summary>A hyperparameter's value as a JSON number or text.</summary>
internal sealed class ParameterValueJson : JsonConverter<ParameterValue>
{
    public override ParameterValue Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.Number ? ParameterValue.Of(reader.GetDouble()) : ParameterValue.Of(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        if (value.Name is { } name)
        {
            writer.WriteStringValue(name);
        }
        else
        {
            writer.WriteNumberValue(value.Number);
        }
    }
}
