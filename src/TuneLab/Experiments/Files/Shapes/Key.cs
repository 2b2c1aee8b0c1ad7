using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A key of a section.</summary>
public abstract class Key(string name, string doc, bool required)
{
    public string Name { get; } = name;

    /// <summary>What it means, for the editor's tooltip.</summary>
    public string Doc { get; } = doc;

    public bool Required { get; } = required;

    public abstract Shape Shape { get; }

    /// <summary>The default as JSON; null where there is none or where it depends on other keys or on the data.</summary>
    public abstract JsonNode? DefaultJson();
}

/// <inheritdoc/>
public sealed class Key<T>(string name, Shape<T> shape, string doc, bool required, bool hasDefault, T? fallback) : Key(name, doc, required)
{
    public override Shape<T> Shape { get; } = shape;

    /// <summary>What counts where the key is left out.</summary>
    public T? Default { get; } = fallback;

    public override JsonNode? DefaultJson()
    {
        if (!hasDefault)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Shape.Write(writer, Default!);
        }

        return JsonNode.Parse(buffer.ToArray());
    }
}
