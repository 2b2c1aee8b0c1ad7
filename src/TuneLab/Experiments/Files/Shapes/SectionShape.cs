using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A section with a fixed set of keys. A subclass declares its keys in its constructor, once, in the order in which they are written.</summary>
public abstract class SectionShape<T> : Shape<T>
{
    private readonly List<Key> _keys = [];

    public override string Allowed => "a section with the keys " + string.Join(", ", _keys.Select(k => k.Name));

    public override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out T value)
    {
        if (node is not MapNode map)
        {
            context.Faults.AddWrong(node, Allowed);
            value = default;
            return false;
        }

        var section = new SectionReader(map, context);
        section.CheckKeys(_keys);
        value = Build(section);
        return true;
    }

    public override void Write(Utf8JsonWriter writer, T value)
    {
        writer.WriteStartObject();
        Put(new SectionWriter(writer), value);
        writer.WriteEndObject();
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var key in _keys)
        {
            // annotations first: that is how a person reads them
            var property = new JsonObject { ["description"] = key.Doc };
            if (key.DefaultJson() is { } fallback)
            {
                property["default"] = fallback;
            }

            foreach (var (name, part) in key.Shape.Schema().ToList())
            {
                property[name] = part?.DeepClone();
            }

            properties[key.Name] = property;
        }

        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (_keys.Any(k => k.Required))
        {
            schema["required"] = new JsonArray([.. _keys.Where(k => k.Required).Select(k => (JsonNode)k.Name)]);
        }

        schema["properties"] = properties;
        return schema;
    }

    /// <summary>Makes the value from what could be read; faults of keys against each other are added here.</summary>
    protected abstract T Build(SectionReader section);

    /// <summary>Writes every key that has a value.</summary>
    protected abstract void Put(SectionWriter section, T value);

    /// <summary>Declares a key without a default.</summary>
    protected Key<TKey> Optional<TKey>(string name, Shape<TKey> shape, string doc) => Add(new Key<TKey>(name, shape, doc, false, false, default));

    /// <summary>Declares a key with a default.</summary>
    protected Key<TKey> Default<TKey>(string name, Shape<TKey> shape, TKey fallback, string doc) => Add(new Key<TKey>(name, shape, doc, false, true, fallback));

    /// <summary>Declares a key that must be there.</summary>
    protected Key<TKey> Required<TKey>(string name, Shape<TKey> shape, string doc) => Add(new Key<TKey>(name, shape, doc, true, false, default));

    private Key<TKey> Add<TKey>(Key<TKey> key)
    {
        _keys.Add(key);
        return key;
    }
}
