namespace TuneLab.Data.Encoding;

/// <summary>Lists of texts in a binary file: a count, then the texts.</summary>
internal static class Strings
{
    public static void Save(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
        {
            writer.Write(text);
        }
    }

    public static string[] Load(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        if (count < 0)
        {
            throw new InvalidDataException($"The encoding is damaged: a list of {count} texts.");
        }

        var texts = new List<string>(Math.Min(count, 4096)); // a damaged count must not allocate gigabytes
        for (var i = 0; i < count; i++)
        {
            texts.Add(reader.ReadString());
        }

        return [.. texts];
    }
}
