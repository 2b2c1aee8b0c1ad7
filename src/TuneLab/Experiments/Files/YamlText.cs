using TuneLab.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TuneLab.Experiments.Files;

/// <summary>Turns YAML (and JSON, which is YAML too) into nodes. Anchors and merges are resolved.</summary>
public static class YamlText
{
    // an anchor inside an anchor can write a file of a few lines out to billions of nodes, or to itself
    private const int MostNodes = 100_000;
    private const int DeepestNode = 40;
    private const string MergeKey = "<<";

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InputException">It is empty, not YAML (with line and column), several documents, or no section.</exception>
    /// <param name="text">The content.</param>
    /// <param name="file">The file's name without its folder.</param>
    /// <param name="kind">What kind of file it is, for the faults.</param>
    public static MapNode ReadFile(string text, string file, FileKind? kind = null)
    {
        kind ??= FileKind.Experiment;
        // JSON may be indented with tabs, YAML may not
        var root = Load(text.AsSpan().TrimStart().StartsWith("{") ? text.Replace('\t', ' ') : text, file, out var documents);
        if (root is null || root is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or null })
        {
            throw new InputException($"{file} is empty.", kind.WhenEmpty);
        }

        if (documents > 1)
        {
            throw new InputException($"{file} holds {documents} documents; {kind.Article} {kind.Name} is one: split it at the lines '---'.");
        }

        var budget = MostNodes;
        return Convert(root, "", FilePlace.OfLine(file, Line(root)), file, null, 0, ref budget) as MapNode
            ?? throw new InputException($"{file} is no {kind.Name}: it holds {(root is YamlSequenceNode ? "a list" : "a text")} where keys like {kind.Keys} are expected.");
    }

    /// <summary>Reads the value of an option; every node gets the option as its place.</summary>
    /// <exception cref="InputException">It is not YAML.</exception>
    public static FileNode ReadValue(string text, string path, FilePlace place)
    {
        var budget = MostNodes;
        return Load(text, place.Text, out _, isOption: true) is { } root
            ? Convert(root, path, place, "", place, 0, ref budget)
            : new ScalarNode(path, place, "", quoted: false);
    }

    private static YamlNode? Load(string text, string source, out int documents, bool isOption = false)
    {
        var stream = new YamlStream();
        var parser = new Parser(new StringReader(text));
        try
        {
            stream.Load(parser);
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException)
        {
            var (line, column, what) = Explain(error, parser, text);
            var at = isOption ? "" : string.Create(CultureInfo.InvariantCulture, $" line {line}, column {column}");
            throw new InputException($"{source}{at}: not valid YAML: {what}.", "Check indentation, brackets and quotes; a value with ': ' or ' #' in it needs quotes.", error);
        }

        documents = stream.Documents.Count;
        return documents == 0 ? null : stream.Documents[0].RootNode;
    }

    private static (long Line, long Column, string What) Explain(Exception error, Parser parser, string text)
    {
        if (error is not YamlException yaml)
        {
            // the scanner gives up without words where a bracket is left open and a key follows
            var at = parser.Current?.Start ?? Mark.Empty;
            return (at.Line, at.Column, "a bracket { or [ that opens here or before is not closed");
        }

        if (yaml.Message.Contains("tab", StringComparison.Ordinal))
        {
            var lines = text.Split('\n');
            var tabbed = Array.FindIndex(lines, l => l.AsSpan(0, l.Length - l.AsSpan().TrimStart().Length).Contains('\t'));
            if (tabbed >= 0)
            {
                return (tabbed + 1, lines[tabbed].IndexOf('\t', StringComparison.Ordinal) + 1, "a tab in the indentation, where YAML takes spaces only");
            }
        }

        return (yaml.Start.Line, yaml.Start.Column, yaml.Message.TrimEnd('.'));
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
                var merged = new List<FileNode>();
                foreach (var (key, value) in mapping.Children)
                {
                    var name = (key as YamlScalarNode)?.Value
                        ?? throw new InputException($"{FilePlace.OfLine(file, Line(key)).Text}: a key is a plain name, not a list or a section.");
                    var child = Convert(value, map.PathOf(name), fixedPlace ?? FilePlace.OfLine(file, Line(key)), file, fixedPlace, depth + 1, ref budget);
                    if (name == MergeKey)
                    {
                        merged.AddRange(child is ListNode several ? several.Items : [child]);
                    }
                    else
                    {
                        map.Entries[name] = child;
                    }
                }

                Merge(map, merged);
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

    /// <summary>Adds the keys of merged sections that the section does not have itself; of several, the first wins.</summary>
    private static void Merge(MapNode map, List<FileNode> merged)
    {
        foreach (var source in merged)
        {
            if (source is not MapNode section)
            {
                throw new InputException($"{source.Place.Text}: '<<' merges sections, but this is {source.Kind}.");
            }

            foreach (var (key, value) in section.Entries)
            {
                map.Entries.TryAdd(key, value);
            }
        }
    }

    private static int Line(YamlNode node) => (int)Math.Max(1, node.Start.Line);
}
