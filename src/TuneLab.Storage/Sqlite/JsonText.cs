using System.Buffers;
using System.Text;
using System.Text.Json;
using TuneLab.Space;

namespace TuneLab.Storage.Sqlite;

/// <summary>Lists of texts and configurations as JSON, written and read token by token: a serializer's start would be felt in every short command.</summary>
internal static class JsonText
{
    // JSON has no infinity; a number beyond the range of doubles is read as one, here and elsewhere.
    private const string Infinite = "1e999";

    public static string Of(IReadOnlyList<string> texts) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    });

    public static string[] Texts(string json)
    {
        var texts = new List<string>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }
        }

        return [.. texts];
    }

    /// <summary>An object with a number or a text per hyperparameter; the trainer is not in it.</summary>
    public static string Of(Configuration configuration) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in configuration.Values)
        {
            writer.WritePropertyName(name);
            if (value.Name is { } text)
            {
                writer.WriteStringValue(text);
            }
            else if (double.IsInfinity(value.Number))
            {
                writer.WriteRawValue((value.Number < 0 ? "-" : "") + Infinite);
            }
            else
            {
                writer.WriteNumberValue(value.Number);
            }
        }

        writer.WriteEndObject();
    });

    public static Configuration Configuration(string trainer, string json)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    break;
                case JsonTokenType.String:
                    values.Add(new(name, ParameterValue.Of(reader.GetString()!)));
                    break;
                case JsonTokenType.Number:
                    values.Add(new(name, ParameterValue.Of(double.Parse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture))));
                    break;
            }
        }

        return new Configuration(trainer, values);
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
