namespace TuneLab.Learners.Trees;

/// <summary>Parts a node's rows in two.</summary>
internal static class RowPartition
{
    /// <summary>Puts the rows that go left first; each part keeps its order.</summary>
    /// <param name="rows">The node's rows, rearranged.</param>
    /// <param name="buffer">At least as long.</param>
    /// <param name="column">[rows of the table]: the bins of the feature that parts them.</param>
    /// <param name="goesLeft">[bins] of 0 or 1.</param>
    /// <returns>How many go left.</returns>
    public static int Part(Span<int> rows, int[] buffer, byte[] column, ReadOnlySpan<byte> goesLeft)
    {
        var (left, right) = (0, 0);
        foreach (var row in rows)
        {
            // writes both ways and moves on one: no branch to mispredict
            var isLeft = goesLeft[column[row]];
            rows[left] = row;
            buffer[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }

        buffer.AsSpan(0, right).CopyTo(rows[left..]);
        return left;
    }
}
