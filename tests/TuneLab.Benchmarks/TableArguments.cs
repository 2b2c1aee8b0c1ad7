using System.Globalization;

namespace TuneLab.Benchmarks;

/// <summary>Reads the arguments of a benchmark that takes whole numbers and names of tables, in any order.</summary>
internal static class TableArguments
{
    /// <summary>The numbers in their order, and the tables named.</summary>
    /// <param name="args">What was given.</param>
    /// <param name="usual">The tables when none is named.</param>
    public static (IReadOnlyList<int> Numbers, IReadOnlyList<string> Tables) Read(string[] args, IReadOnlyList<string> usual)
    {
        var numbers = new List<int>();
        var tables = new List<string>();
        foreach (var arg in args)
        {
            if (int.TryParse(arg, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                tables.Add(arg);
            }
        }

        return (numbers, tables.Count > 0 ? tables : usual);
    }
}
