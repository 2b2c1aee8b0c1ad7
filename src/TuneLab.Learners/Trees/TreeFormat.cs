namespace TuneLab.Learners.Trees;

/// <summary>Trees as bytes: little-endian, doubles and floats bit by bit.</summary>
internal static class TreeFormat
{
    public static void Write(BinaryWriter writer, Tree tree)
    {
        writer.Write(tree.Nodes.Length);
        foreach (var node in tree.Nodes)
        {
            writer.Write(node.Feature);
            writer.Write(node.Threshold);
            writer.Write(node.Left);
            writer.Write(node.Right);
            writer.Write(node.CodeStart);
            writer.Write(node.Codes);
            writer.Write(node.MissingLeft);
        }

        writer.Write(tree.Leaves.Length);
        foreach (var value in tree.Leaves)
        {
            writer.Write(value);
        }

        writer.Write(tree.CodeWords.Length);
        foreach (var word in tree.CodeWords)
        {
            writer.Write(word);
        }
    }

    /// <summary>Reads a tree and checks that it can be walked.</summary>
    /// <param name="reader">At its first byte.</param>
    /// <param name="outputs">Numbers per leaf.</param>
    /// <param name="categorical">[features]: which ones are categories.</param>
    /// <exception cref="InvalidDataException">A number in it can't be.</exception>
    public static Tree Read(BinaryReader reader, int outputs, bool[] categorical)
    {
        var nodes = new TreeNode[Length(reader)];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = new TreeNode(reader.ReadInt32(), reader.ReadSingle(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
        }

        var leaves = new double[Length(reader)];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = reader.ReadDouble();
        }

        var words = new uint[Length(reader)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = reader.ReadUInt32();
        }

        var leafCount = leaves.Length / outputs;
        var good = leaves.Length == (nodes.Length + 1L) * outputs;
        for (var i = 0; i < nodes.Length && good; i++)
        {
            var node = nodes[i];
            good = (uint)node.Feature < (uint)categorical.Length && node.Categorical == categorical[node.Feature] && !float.IsNaN(node.Threshold) && IsChild(node.Left, i) && IsChild(node.Right, i)
                && (!node.Categorical || (node.Codes >= 0 && node.CodeStart + (node.Codes + 31L) / 32 <= words.Length));
        }

        return good ? new Tree(nodes, leaves, outputs, words, [], []) : throw new InvalidDataException("A tree of the model is damaged.");

        // a child stands after its parent, so a walk always ends
        bool IsChild(int child, int parent) => child >= 0 ? child > parent && child < nodes.Length : ~child < leafCount;
    }

    /// <summary>A length that may be allocated.</summary>
    /// <exception cref="InvalidDataException">It is negative or absurd.</exception>
    public static int Length(BinaryReader reader)
        => reader.ReadInt32() is var length and >= 0 and < 1 << 28 ? length : throw new InvalidDataException("A length in the model is damaged.");
}
