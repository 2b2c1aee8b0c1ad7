using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TuneLab.Data.Roles;

/// <summary>Hashes what is learned from: columns used and roles, neither the file's name nor the order of columns.</summary>
internal static class DatasetFingerprint
{
    private const string Format = "tunelab-data-1";

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Of(Dataset data, DataRoles roles, LearningTask task, IReadOnlyList<Column> features, IReadOnlyList<string> classes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Format);
        Add(hash, task.ToString());
        Add(hash, task == LearningTask.Binary ? classes[1] : "");
        foreach (var (role, name) in new[] { ("label", roles.Label), ("weight", roles.Weight), ("group", roles.Group), ("time", roles.Time), ("split", roles.Split) })
        {
            if (name is not null)
            {
                Add(hash, role);
                Add(hash, data[name]);
            }
        }

        foreach (var feature in features.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            Add(hash, "feature");
            Add(hash, feature);
        }

        // without constraints nothing is added: what was computed before there were any stays found
        foreach (var (name, direction) in roles.Monotone.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            Add(hash, "monotone");
            Add(hash, name);
            Add(hash, direction.ToString());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, Column column)
    {
        Add(hash, column.Name);
        Add(hash, column.Type.ToString());
        Add(hash, column.Count);
        switch (column)
        {
            case NumberColumn numbers:
                hash.AppendData(MemoryMarshal.AsBytes<double>(numbers.Values));
                break;
            case DateColumn dates:
                hash.AppendData(MemoryMarshal.AsBytes<long>(dates.Ticks));
                break;
            case CategoryColumn categories:
                Add(hash, categories.Levels.Length);
                Add(hash, categories.Levels);
                hash.AppendData(MemoryMarshal.AsBytes<int>(categories.Codes));
                break;
            case TextColumn texts:
                Add(hash, texts.Values);
                break;
        }
    }

    private static void Add(IncrementalHash hash, string?[] texts)
    {
        foreach (var text in texts)
        {
            if (text is null)
            {
                Add(hash, -1);
            }
            else
            {
                Add(hash, text);
            }
        }
    }

    private static void Add(IncrementalHash hash, string text)
    {
        Add(hash, text.Length);
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static void Add(IncrementalHash hash, int number) => hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in number)));
}
