namespace TuneLab.Data.Encoding;

/// <summary>Says whether a feature tells rows apart. A value that is sometimes missing does, also when it is else always the same.</summary>
internal static class Variation
{
    /// <summary>Whether two of the rows differ; NaN is a value of its own.</summary>
    public static bool Varies(float[] values, int[] rows)
    {
        if (rows.Length == 0)
        {
            return false;
        }

        var first = values[rows[0]];
        foreach (var row in rows)
        {
            if (!values[row].Equals(first) && values[row] != first) // Equals: NaN is itself; !=: -0 is 0
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether two of the rows have different codes; -1 (missing) is a code of its own.</summary>
    public static bool Varies(int[] codes, int[] rows)
    {
        foreach (var row in rows)
        {
            if (codes[row] != codes[rows[0]])
            {
                return true;
            }
        }

        return false;
    }
}
