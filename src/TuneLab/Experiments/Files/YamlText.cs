using TuneLab.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TuneLab.Experiments.Files;

/// <summary>Turns YAML (and JSON, which is YAML too) into nodes. Anchors and merges are resolved.</summary>
internal static class YamlText
{
    // an anchor inside an anchor can write a file of a few lines out to billions of nodes, or to itself
    private const int MostNodes = 100_000;
    private const int DeepestNode = 40;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InputException">It is empty, not YAML (with line and column), several documents, or no section.</exception>
    public static MapNode ReadFile(string text, string file)
    {
        // JSON may be indented with tabs, YAML may not
        var root = Load(text.AsSpan().TrimStart().StartsWith("{") ? text.Replace('\t', ' ') : text, file, out var documents);
        if (root is null || root is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or null })
        {
            throw new InputException($"{file} is empty.", "An experiment needs at least data.file and data.label; `tunelab init DATA --label L` writes one.");
        }

        if (documents > 1)
        {
            throw new InputException($"{file} holds {documents} documents; an experiment file is one: split it at the lines '---'.");
        }

        var budget = MostNodes;
        return Convert(root, "", FilePlace.OfLine(file, Line(root)), file, null, 0, ref budget) as MapNode
            ?? throw new InputException($"{file} is no experiment file: it holds {(root is YamlSequenceNode ? "a list" : "a text")} where keys like 'data:' and 'metric:' are expected.");
    }

    /// <summary>Reads the value of an option; every node gets the option as its place.</summary>
    /// <exception cref="InputException">It is not YAML.</exception>
    public static FileNode ReadValue(string text, string path, FilePlace place)
    {
        var budget = MostNodes;
        return Load(text, place.Text, out _) is { } root
            ? Convert(root, path, place, "", place, 0, ref budget)
            : new ScalarNode(path, place, "", quoted: false);
    }

    private static YamlNode? Load(string text, string source, out int documents)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new MergingParser(new Parser(new StringReader(text))));
        }
        catch (YamlException error)
        {
            var at = error.Start.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $" line {error.Start.Line}, column {error.Start.Column}") : "";
            throw new InputException($"{source}{at}: not valid YAML: {error.Message.TrimEnd('.')}.", "Check indentation, brackets and quotes there; a value with ': ' or '#' in it needs quotes.", error);
        }

        documents = stream.Documents.Count;
        return documents == 0 ? null : stream.Documents[0].RootNode;
    }

    private static FileNode Convert(YamlNode node, string path, FilePlace place, string file, FilePlace? fixedPlace, int depth, ref int budget)
    {
        if (--budget < 0 || depth > DeepestNode)
        {
            throw new InputException($"{place.Text}: '{path}' is nested too deeply or too large; an anchor that refers to itself does that.");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                var map = new MapNode(path, place);
                foreach (var (key, value) in mapping.Children)
                {
                    var name = (key as YamlScalarNode)?.Value
                        ?? throw new InputException($"{FilePlace.OfLine(file, Line(key)).Text}: a key is a plain name, not a list or a section.");
                    map.Entries[name] = Convert(value, map.PathOf(name), fixedPlace ?? FilePlace.OfLine(file, Line(key)), file, fixedPlace, depth + 1, ref budget);
                }

                return map;
            case YamlSequenceNode sequence:
                var list = new ListNode(path, place);
                foreach (var item in sequence.Children)
                {
                    var itemPath = path + "." + list.Items.Count.ToString(CultureInfo.InvariantCulture);
                    list.Items.Add(Convert(item, itemPath, fixedPlace ?? FilePlace.OfLine(file, Line(item)), file, fixedPlace, depth + 1, ref budget));
                }

                return list;
            default:
                var scalar = (YamlScalarNode)node;
                return new ScalarNode(path, place, scalar.Value ?? "", scalar.Style != ScalarStyle.Plain);
        }
    }

    private static int Line(YamlNode node) => (int)Math.Max(1, node.Start.Line);
}
