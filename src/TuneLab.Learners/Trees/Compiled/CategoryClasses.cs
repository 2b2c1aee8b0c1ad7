namespace TuneLab.Learners.Trees.Compiled;

/// <summary>Parts the codes of a category into classes while nodes that ask for it are added: two codes stay in one class as long as every node sends them the same way.</summary>
internal sealed class CategoryClasses
{
    private const int Most = 256; // a class is a byte

    private readonly int[] _classes;

    /// <param name="codes">How many codes a node may know; one more stands for all that none knows.</param>
    public CategoryClasses(int codes) => _classes = new int[codes + 1];

    /// <summary>Takes a node in, if the classes still fit a byte then.</summary>
    /// <returns>Whether it was taken in.</returns>
    public bool TryAdd(Tree tree, in TreeNode node)
    {
        var parts = new Dictionary<(int, bool), int>();
        var refined = new int[_classes.Length];
        for (var code = 0; code < refined.Length; code++)
        {
            var key = (_classes[code], GoesLeft(tree, node, code));
            if (!parts.TryGetValue(key, out var part))
            {
                parts.Add(key, part = parts.Count);
            }

            refined[code] = part;
        }

        if (parts.Count > Most)
        {
            return false;
        }

        refined.CopyTo(_classes, 0);
        return true;
    }

    /// <summary>[codes + 1]: the class of each code, unknown ones last.</summary>
    public byte[] Classes() => Array.ConvertAll(_classes, c => (byte)c);

    /// <summary>Which classes a node that was taken in sends right.</summary>
    /// <param name="tree">The node's tree.</param>
    /// <param name="node">The node.</param>
    /// <param name="bits">[32]: a bit per class, overwritten.</param>
    public void GoRight(Tree tree, in TreeNode node, Span<byte> bits)
    {
        bits.Clear();
        for (var code = 0; code < _classes.Length; code++)
        {
            if (!GoesLeft(tree, node, code))
            {
                bits[_classes[code] >> 3] |= (byte)(1 << (_classes[code] & 7));
            }
        }
    }

    private bool GoesLeft(Tree tree, in TreeNode node, int code)
        => code < _classes.Length - 1 && code < node.Codes ? (tree.CodeWords[node.CodeStart + (code >> 5)] >> (code & 31) & 1) != 0 : node.MissingLeft;
}
