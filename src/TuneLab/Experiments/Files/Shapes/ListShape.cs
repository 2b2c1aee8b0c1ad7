using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A list.</summary>
/// <param name="item">What its entries are.</param>
/// <param name="what">What it lists, in words: <c>columns</c>.</param>
/// <param name="single">Whether one entry may stand without brackets.</param>
/// <param name="word">A word that stands for the empty list (<c>auto</c>), or null: the list may be empty itself.</param>
public sealed class ListShape<T>(Shape<T> item, string what, bool single = false, string? word = null) : Shape<IReadOnlyList<T>>
{
    public override string Allowed => "a list of " + what + (single ? ", or one of them" : "") + (word is null ? "" : ", or " + word);

    public override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (word is not null && node is ScalarNode scalar && scalar.Text == word)
        {
            value = [];
            return true;
        }

        var items = node is ListNode list ? list.Items : single && node is ScalarNode ? [node] : null;
        if (items is null || (items.Count == 0 && word is not null))
        {
            context.Faults.Add(node, items is null ? $"'{node.Path}' is {node.Kind}; allowed is {Allowed}." : $"'{node.Path}' is an empty list; write {word}, or leave it out.");
            return false;
        }

        var read = new List<T>(items.Count);
        var whole = true;
        foreach (var entry in items)
        {
            if (item.TryRead(entry, context, out var one))
            {
                read.Add(one);
            }
            else
            {
                whole = false;
            }
        }

        value = read;
        return whole;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value)
    {
        if (word is not null && value.Count == 0)
        {
            writer.WriteStringValue(word);
            return;
        }

        writer.WriteStartArray();
        foreach (var one in value)
        {
            item.Write(writer, one);
        }

        writer.WriteEndArray();
    }

    public override JsonObject Schema()
    {
        var array = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        if (word is not null)
        {
            array["minItems"] = 1;
        }

        var forms = new List<JsonNode>();
        if (word is not null)
        {
            forms.Add(new JsonObject { ["const"] = word });
        }

        if (single)
        {
            forms.Add(item.Schema());
        }

        return forms.Count == 0 ? array : new JsonObject { ["anyOf"] = new JsonArray([array, .. forms]) };
    }
}
