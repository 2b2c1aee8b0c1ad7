namespace TuneLab.Learners.Forest;

/// <summary>x ln x, what entropy is summed from; from a table for small whole numbers, which most nodes have.</summary>
internal static class EntropyTerm
{
    private static readonly double[] Small = [.. Enumerable.Range(0, 4096).Select(x => x == 0 ? 0 : x * Math.Log(x))];

    public static double Of(long x) => x < Small.Length ? Small[x] : x * Math.Log(x);

    /// <param name="x">At least 0, but for rounding.</param>
    public static double Of(double x)
    {
        var whole = (int)Math.Min(x, Small.Length);
        return whole == x && whole < Small.Length ? Small[whole] : x > 0 ? x * Math.Log(x) : 0;
    }
}
