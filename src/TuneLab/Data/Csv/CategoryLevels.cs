namespace TuneLab.Data.Csv;

/// <summary>Puts levels into ordinal order, so that codes do not depend on which row comes first.</summary>
internal static class CategoryLevels
{
    /// <summary>The category column whose codes count in the sorted levels.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">[rows]: an index into <paramref name="levels"/>, or -1; rewritten in place.</param>
    /// <param name="levels">The distinct texts in any order; sorted in place.</param>
    public static CategoryColumn Sorted(string name, int[] codes, string[] levels)
    {
        var order = new int[levels.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(levels, order, StringComparer.Ordinal);
        var rank = new int[levels.Length];
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = codes[row] < 0 ? -1 : rank[codes[row]];
        }

        return new CategoryColumn(name, codes, levels);
    }
}
