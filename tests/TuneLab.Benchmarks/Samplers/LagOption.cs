using System.Globalization;
using TuneLab.Errors;

namespace TuneLab.Benchmarks.Samplers;

/// <summary><c>--lag N</c>: how many of the latest evaluations a sampler does not see; none unless given.</summary>
internal static class LagOption
{
    /// <summary>The lag and the other arguments.</summary>
    /// <exception cref="InputException">It is no whole number from 0 on.</exception>
    public static (int Lag, string[] Others) Take(string[] args)
    {
        var at = Array.IndexOf(args, "--lag");
        if (at < 0)
        {
            return (0, args);
        }

        return at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var lag)
            ? (lag, [.. args[..at], .. args[(at + 2)..]])
            : throw new InputException("--lag needs a whole number from 0 on.", "For example --lag 2.");
    }
}
