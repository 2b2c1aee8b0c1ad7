using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>Keys that the file chooses itself (columns, trainers), each with a value of one shape. Written in ordinal order of the keys.</summary>
/// <param name="item">What the values are.</param>
/// <param name="what">What the keys and values are, in words: <c>columns and their types</c>.</param>
public sealed class MapShape<T>(Shape<T> item, string what) : Shape<IReadOnlyDictionary<string, T>>
{
    public override string Allowed => "a section of " + what;

    public override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, T> value)
    {
        value = null;
        if (node is not MapNode map)
        {
            context.Faults.AddWrong(node, Allowed);
            return false;
        }

        var read = new Dictionary<string, T>(StringComparer.Ordinal);
        var whole = true;
        foreach (var (key, child) in map.Entries)
        {
            if (child.IsNothing)
            {
                continue; // nothing written after the key: as if it were not there
            }

            if (item.TryRead(child, context, out var one))
            {
                read[key] = one;
            }
            else
            {
                whole = false;
            }
        }

        value = read;
        return whole;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value)
    {
        writer.WriteStartObject();
        foreach (var (key, one) in value.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(key);
            item.Write(writer, one);
        }

        writer.WriteEndObject();
    }

    public override JsonObject Schema() => new() { ["type"] = "object", ["additionalProperties"] = item.Schema() };
}
