using System.Globalization;
using TuneLab.Space;
using TuneLab.Testing.Tabulated;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>Chooses starting points greedily among configurations that were run on every table, and says what they bring on a table that had no part in the choice.</summary>
internal static class LeaveOneOut
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 6, 8, 12];

    /// <summary>The configurations that do well on all of these tables together, the most useful first.</summary>
    public static IReadOnlyList<Configuration> Choose(IReadOnlyList<TabulatedRuns> tables, int count) => [.. Greedy([.. tables.Select(Ranks)], count).Select(run => tables[0].Runs[run].Configuration)];

    /// <summary>Prints for each size and table left out where the best of those chosen on the others lies among all runs of the table, as a share (0: at the top), and the geometric mean over tables beside that of random draws.</summary>
    public static void Print(string trainer, IReadOnlyList<TabulatedRuns> tables, TextWriter output)
    {
        var ranks = tables.Select(Ranks).ToList();
        output.WriteLine($"| {trainer} | " + string.Join(" | ", tables.Select(t => t.Table)) + " | geometric mean | at random |");
        output.WriteLine("|---" + string.Concat(Enumerable.Repeat("|---", tables.Count + 2)) + "|");
        foreach (var size in Sizes)
        {
            double[] best = [.. tables.Select((_, left) => Greedy([.. ranks.Where((_, i) => i != left)], size).Min(run => ranks[left][run]))];
            output.WriteLine($"| {size} | " + string.Join(" | ", best.Append(Math.Exp(best.Average(Math.Log))).Append(Drawn(size)).Select(r => r.ToString("0.000", CultureInfo.InvariantCulture))) + " |");
        }
    }

    // [runs] the place of each among all, in the middle of its step
    private static double[] Ranks(TabulatedRuns table)
    {
        var ranks = new double[table.Runs.Count];
        var place = 0;
        foreach (var run in Enumerable.Range(0, ranks.Length).OrderBy(i => table.Runs[i].Loss))
        {
            ranks[run] = (place++ + 0.5) / ranks.Length;
        }

        return ranks;
    }

    // each time the run that lowers the geometric mean over tables of the best place most
    private static List<int> Greedy(double[][] tables, int size)
    {
        var chosen = new List<int>();
        double[] best = [.. tables.Select(_ => 1.0)];
        while (chosen.Count < Math.Min(size, tables[0].Length))
        {
            var next = Enumerable.Range(0, tables[0].Length).Except(chosen).MinBy(run => tables.Select((t, i) => Math.Log(Math.Min(best[i], t[run]))).Sum());
            chosen.Add(next);
            best = [.. tables.Select((t, i) => Math.Min(best[i], t[next]))];
        }

        return chosen;
    }

    // the expected logarithm of the least of so many uniform numbers: minus a harmonic number
    private static double Drawn(int size) => Math.Exp(-Enumerable.Range(1, size).Sum(k => 1.0 / k));
}
