using System.Numerics;
using TuneLab.Errors;
using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary>Deals whole groups to parts of given shares so that row counts and class proportions come as near as a greedy pass allows.</summary>
/// <remarks>
/// Big groups go first, those of similar size (the same power of two) in random order. Each goes to the part where it raises
/// sum over parts and classes of (rows of the class in the part / rows of the class)^2 / share the least: that sum is lowest when every part holds its share of every class.
/// </remarks>
internal static class GroupDealer
{
    /// <summary>The part of each given row.</summary>
    /// <param name="table">Groups and label.</param>
    /// <param name="rows">Row indexes.</param>
    /// <param name="shares">[parts]: positive, they sum to 1. Every part gets at least one group.</param>
    /// <param name="seed">Draws the order of groups of similar size.</param>
    /// <exception cref="InputException">No group column is named, or there are fewer groups than parts.</exception>
    public static int[] Deal(TaskTable table, int[] rows, double[] shares, Seed seed)
    {
        var ofRow = table.Groups ?? throw new InputException("Rows can't be split by group: no group column is named.", "Name it as data.group, or choose another validate.kind.");
        var classes = Math.Max(1, table.Classes.Count);
        var groups = new SortedDictionary<int, double[]>();
        var ofClass = new double[classes];
        foreach (var row in rows)
        {
            if (!groups.TryGetValue(ofRow[row], out var counts))
            {
                groups[ofRow[row]] = counts = new double[classes];
            }

            var label = table.Classes.Count == 0 ? 0 : (int)table.Target[row];
            counts[label]++;
            ofClass[label]++;
        }

        if (groups.Count < shares.Length)
        {
            throw new InputException($"Column '{table.Roles.Group}' has {groups.Count} group{(groups.Count == 1 ? "" : "s")} in {rows.Length} rows, fewer than the {shares.Length} parts to split into.",
                groups.Count < 2 ? "A split by group needs two groups at least; choose another validate.kind." : $"Ask for at most {groups.Count} folds (validate.folds).");
        }

        int[] order = [.. groups.Keys];
        seed.Random().Shuffle<int>(order);
        var parts = new double[shares.Length][];
        for (var p = 0; p < parts.Length; p++)
        {
            parts[p] = new double[classes];
        }

        var partOf = new Dictionary<int, int>();
        foreach (var group in order.OrderByDescending(g => BitOperations.Log2((uint)groups[g].Sum())))
        {
            var part = Best(groups[group], parts, shares, ofClass, mustFill: groups.Count - partOf.Count);
            partOf[group] = part;
            for (var c = 0; c < classes; c++)
            {
                parts[part][c] += groups[group][c];
            }
        }

        return Array.ConvertAll(rows, r => partOf[ofRow[r]]);
    }

    private static int Best(double[] group, double[][] parts, double[] shares, double[] ofClass, int mustFill)
    {
        // the last groups go to the parts that are still empty
        var onlyEmpty = parts.Count(p => p.Sum() == 0) >= mustFill;
        var (best, bestCost) = (-1, (Rise: 0.0, Fill: 0.0));
        for (var p = 0; p < parts.Length; p++)
        {
            var rows = parts[p].Sum();
            if (onlyEmpty && rows > 0)
            {
                continue;
            }

            var rise = 0.0;
            for (var c = 0; c < group.Length; c++)
            {
                rise += group[c] == 0 ? 0 : (2 * parts[p][c] + group[c]) * group[c] / (ofClass[c] * ofClass[c] * shares[p]);
            }

            var cost = (Rise: rise, Fill: rows / shares[p]);
            if (best < 0 || cost.CompareTo(bestCost) < 0)
            {
                (best, bestCost) = (p, cost);
            }
        }

        return best;
    }
}
