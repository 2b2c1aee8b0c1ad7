using TuneLab.Errors;

namespace TuneLab.Experiments.Files;

/// <summary>Puts <c>--set key=value</c> options into the tree of a file before it is read.</summary>
internal static class PlanOverrides
{
    /// <summary>Replaces or adds one value.</summary>
    /// <param name="root">The file; changed.</param>
    /// <param name="path">Keys and list positions (from 0) parted by dots: <c>stages.0.trials</c>.</param>
    /// <param name="value">YAML: <c>20</c>, <c>[boosting, linear]</c>; empty: as if the key were not there.</param>
    /// <exception cref="InputException">The path leads nowhere, or the value is not YAML; the option is named.</exception>
    public static void Apply(MapNode root, string path, string value)
    {
        var place = new FilePlace(FilePlace.AfterAllLines, $"--set {path}={value}");
        var segments = path.Split('.');
        if (segments.Any(string.IsNullOrWhiteSpace))
        {
            throw new InputException($"{place.Text}: a key is written like budget.trials, with a name between the dots.");
        }

        FileNode node = root;
        for (var i = 0; i < segments.Length - 1; i++)
        {
            node = Descend(node, segments[i], place);
        }

        var leaf = YamlText.ReadValue(value, path, place);
        switch (node)
        {
            case MapNode map:
                map.Entries[segments[^1]] = leaf;
                break;
            case ListNode list:
                list.Items[Position(list, segments[^1], place)] = leaf;
                break;
            default:
                throw NoSection(node, place);
        }
    }

    private static FileNode Descend(FileNode node, string segment, FilePlace place)
    {
        switch (node)
        {
            case MapNode map:
                if (!map.Entries.TryGetValue(segment, out var child) || child.IsNothing)
                {
                    map.Entries[segment] = child = new MapNode(map.PathOf(segment), place);
                }

                return child;
            case ListNode list:
                return list.Items[Position(list, segment, place)];
            default:
                throw NoSection(node, place);
        }
    }

    private static int Position(ListNode list, string segment, FilePlace place)
        => int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < list.Items.Count
            ? position
            : throw new InputException($"{place.Text}: '{list.Path}' has no entry '{segment}'; its entries are numbered 0 to {list.Items.Count - 1}.");

    private static InputException NoSection(FileNode node, FilePlace place)
        => new($"{place.Text}: '{node.Path}' is {node.Kind} ({node.Place.Text}) and has no keys; set '{node.Path}' as a whole.");
}
