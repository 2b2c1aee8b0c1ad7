using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Errors;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>One of a fixed set of names.</summary>
public sealed class NameShape<T>(IReadOnlyList<KeyValuePair<string, T>> names) : ScalarShape<T>
    where T : notnull
{
    private IEnumerable<string> Names => names.Select(n => n.Key);

    public override string Allowed => names.Count == 1 ? names[0].Key : string.Join(", ", Names.SkipLast(1)) + " or " + names[^1].Key;

    protected override string AllowedFor(ScalarNode node)
        => Nearest.Of(node.Text, Names) is { } nearest ? Allowed + "; did you mean '" + nearest + "'?" : Allowed;

    protected override bool TryParse(ScalarNode node, out T value)
    {
        foreach (var (name, known) in names)
        {
            if (name == node.Text)
            {
                value = known;
                return true;
            }
        }

        value = default!;
        return false;
    }

    public override void Write(Utf8JsonWriter writer, T value) => writer.WriteStringValue(names.First(n => n.Value.Equals(value)).Key);

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Names.Select(n => (JsonNode)n)]) };
}
