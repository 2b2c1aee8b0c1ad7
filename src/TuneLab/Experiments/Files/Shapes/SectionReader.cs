using TuneLab.Errors;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>Reads the keys of one section of a file.</summary>
public sealed class SectionReader(MapNode map, ReadContext context)
{
    public ReadContext Context => context;

    public FaultList Faults => context.Faults;

    /// <summary>The section itself.</summary>
    public MapNode Node => map;

    /// <summary>Adds faults for unknown and for missing keys.</summary>
    public void CheckKeys(IReadOnlyList<Key> keys)
    {
        var names = keys.Select(k => k.Name).ToList();
        foreach (var (name, node) in map.Entries)
        {
            if (!names.Contains(name))
            {
                Faults.Add(node, $"unknown key '{map.PathOf(name)}'; " + Nearest.Hint(name, names, map.Path.Length == 0 ? "keys" : $"keys of '{map.Path}'"));
            }
        }

        foreach (var key in keys.Where(k => k.Required && !Has(k)))
        {
            Faults.Add(NodeOf(key), $"'{map.PathOf(key.Name)}' is missing: {key.Doc}");
        }
    }

    /// <summary>Whether the key has a value.</summary>
    public bool Has(Key key) => map.Entries.TryGetValue(key.Name, out var node) && !node.IsNothing;

    /// <summary>Where the key stands, or the section when it is not there.</summary>
    public FileNode NodeOf(Key key) => map.Entries.TryGetValue(key.Name, out var node) ? node : map;

    /// <summary>The value, or the key's default (of <typeparamref name="T"/>, where it has none) when it is left out or wrong.</summary>
    public T? Get<T>(Key<T> key) => Has(key) && key.Shape.TryRead(NodeOf(key), context, out var value) ? value : key.Default;

    /// <summary>The value of a number-like key, or null when it is left out or wrong.</summary>
    public T? Maybe<T>(Key<T> key)
        where T : struct
        => Has(key) && key.Shape.TryRead(NodeOf(key), context, out var value) ? value : null;
}
