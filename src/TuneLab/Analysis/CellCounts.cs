namespace TuneLab.Analysis;

/// <summary>How many rows have which pair of a row group and a class; pairs without rows are left out, so that many groups by many classes stay small.</summary>
internal sealed class CellCounts
{
    private const long LargestGrid = 1 << 22;

    private CellCounts(int groups, int classes) => (Groups, Classes) = (groups, classes);

    /// <summary>How many groups there are; some may have no rows.</summary>
    public int Groups { get; }

    /// <summary>How many classes there are; some may have no rows.</summary>
    public int Classes { get; }

    /// <summary>Group, class and rows of each pair that has some, by group and then class.</summary>
    public List<(int Group, int Class, int Count)> Cells { get; } = [];

    /// <param name="groups">[rows]: from 0 to <paramref name="groupCount"/> - 1; rows with a negative one are left out.</param>
    /// <param name="groupCount">How many groups.</param>
    /// <param name="classes">[rows]: from 0 to <paramref name="classCount"/> - 1.</param>
    /// <param name="classCount">How many classes.</param>
    public static CellCounts Of(ReadOnlySpan<int> groups, int groupCount, ReadOnlySpan<int> classes, int classCount)
    {
        var counts = new CellCounts(groupCount, classCount);
        if ((long)groupCount * classCount <= LargestGrid)
        {
            counts.FromGrid(groups, classes);
        }
        else
        {
            counts.FromPairs(groups, classes);
        }

        return counts;
    }

    private void FromGrid(ReadOnlySpan<int> groups, ReadOnlySpan<int> classes)
    {
        var grid = new int[Groups * Classes];
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0)
            {
                grid[groups[i] * Classes + classes[i]]++;
            }
        }

        for (var cell = 0; cell < grid.Length; cell++)
        {
            if (grid[cell] > 0)
            {
                Cells.Add((cell / Classes, cell % Classes, grid[cell]));
            }
        }
    }

    private void FromPairs(ReadOnlySpan<int> groups, ReadOnlySpan<int> classes)
    {
        var pairs = new List<long>(groups.Length);
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0)
            {
                pairs.Add((long)groups[i] * Classes + classes[i]);
            }
        }

        pairs.Sort();
        for (var begin = 0; begin < pairs.Count;)
        {
            var end = begin + 1;
            while (end < pairs.Count && pairs[end] == pairs[begin])
            {
                end++;
            }

            Cells.Add(((int)(pairs[begin] / Classes), (int)(pairs[begin] % Classes), end - begin));
            begin = end;
        }
    }
}
