using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>
/// Rows that are there more than once: <c>duplicate-rows</c> where copies stand on both sides of a split, <c>conflicting-rows</c> where equal features have different labels. Features that are so coarse
/// that rows are equal by chance are no finding.
/// </summary>
/// <remarks>
/// Copies are told from chance by columns of many values (two rows agree in less than a tenth of all pairs): of the pairs of rows that agree in all other columns, copies agree in such a column too, by
/// half at least or ten times as often as any two rows; rows that are equal by chance do so about as often as any two rows.
/// </remarks>
internal sealed class DuplicateRows : TableCheck
{
    private const double FewestRows = 0.01, ManyRows = 0.05;
    private const double FineColumn = 0.1;

    public override IEnumerable<Finding> Look(TableView view)
    {
        var (table, split) = (view.Table, view.Split);
        var hashes = new RowHashes(table.Features);
        var order = (int[])[.. Enumerable.Range(0, table.RowCount)];
        ulong[] sorted = [.. hashes.Rows];
        Array.Sort(sorted, order);

        var held = new bool[table.RowCount];
        foreach (var row in split.Holdout)
        {
            held[row] = true;
        }

        var (twins, conflicts, different) = (0, 0, 0);
        for (var begin = 0; begin < order.Length;)
        {
            var end = begin + 1;
            while (end < order.Length && sorted[end] == sorted[begin])
            {
                end++;
            }

            different++;
            if (end - begin > 1)
            {
                var rows = order.AsSpan(begin, end - begin);
                twins += Twins(table.Target, rows, held, split.Holdout.Length > 0);
                conflicts += Disagree(table.Target, rows) ? rows.Length : 0;
            }

            begin = end;
        }

        var all = split.Holdout.Length > 0 ? split.Holdout.Length : table.RowCount;
        var (shareTwins, shareConflicts) = ((double)twins / all, (double)conflicts / table.RowCount);
        if (Math.Max(shareTwins, shareConflicts) < FewestRows || !AreCopies(hashes))
        {
            yield break;
        }

        if (shareTwins >= FewestRows)
        {
            yield return new Finding(
                "duplicate-rows", Severity(shareTwins), [],
                (split.Holdout.Length > 0 ? $"{Whole(twins)} of the {Whole(all)} rows of the holdout ({Percent(shareTwins)}) stand among the training rows too" : $"{Whole(twins)} of the {Whole(all)} rows ({Percent(shareTwins)}) are there more than once")
                + $", equal in every feature and in '{table.Roles.Label}': scores on them reward memory. Of all rows {Whole(table.RowCount - different)} repeat the features of another.",
                "Keep one of each in the file; if they are repeated measurements of one thing, name the column that tells the things apart as data.group.");
        }

        if (shareConflicts >= FewestRows)
        {
            yield return new Finding(
                "conflicting-rows", Severity(shareConflicts), [], $"{Whole(conflicts)} rows ({Percent(shareConflicts)}) are equal to another in every feature and have a different '{table.Roles.Label}': no model can tell these apart.",
                "Look for what is missing (a feature that tells them apart), or for labels that are wrong.");
        }
    }

    private static FindingSeverity Severity(double share) => share >= ManyRows ? FindingSeverity.Warning : FindingSeverity.Hint;

    // rows of the holdout with an equal label among the training rows; without a holdout rows with an equal label in another
    private static int Twins(double[] target, ReadOnlySpan<int> rows, bool[] held, bool holdout)
    {
        var sides = new Dictionary<double, (int Trained, int Held)>();
        foreach (var row in rows)
        {
            var (trained, set) = sides.GetValueOrDefault(target[row]);
            sides[target[row]] = held[row] ? (trained, set + 1) : (trained + 1, set);
        }

        return holdout ? sides.Values.Sum(s => s.Trained > 0 ? s.Held : 0) : sides.Values.Sum(s => s.Trained > 1 ? s.Trained : 0);
    }

    private static bool Disagree(double[] target, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            if (target[row] != target[rows[0]])
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreCopies(RowHashes hashes)
    {
        var equal = RowHashes.Pairs(hashes.Rows);
        var all = hashes.Rows.Length * (hashes.Rows.Length - 1.0) / 2;
        var fine = false;
        for (var i = 0; i < hashes.Features.Count; i++)
        {
            var cells = hashes.Cells(i);
            var agree = RowHashes.Pairs(cells) / all;
            if (agree >= FineColumn)
            {
                continue;
            }

            fine = true;
            var others = RowHashes.Pairs([.. hashes.Rows.Zip(cells, (row, cell) => row - cell)]);
            if (equal < 0.5 * others && equal < 10 * agree * others)
            {
                return false;
            }
        }

        return fine;
    }
}
