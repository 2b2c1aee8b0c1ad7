using System.Globalization;
using MathNet.Numerics.Distributions;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Tabulated;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>Chooses starting points greedily: each time the configuration that most improves the mean over tables of the best place so far.</summary>
internal static class PortfolioChoice
{
    private const int Candidates = 4096;

    /// <summary>The configurations that suit these tables together, the most useful first, numbers to three figures.</summary>
    /// <param name="tables">Runs of one trainer; at least one table.</param>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<Configuration> Of(IReadOnlyList<TabulatedRuns> tables, int count)
    {
        var space = tables[0].Space;
        var trainer = tables[0].Runs[0].Configuration.Trainer;
        var random = new Seed(1).Child("portfolio").Random();
        Configuration[] candidates = [.. Enumerable.Range(0, Candidates).Select(_ => Rounded(space.FromUnit(trainer, [.. Enumerable.Range(0, space.Dimensions).Select(_ => random.NextDouble())])))];
        double[][] points = [.. candidates.Select(space.ToUnit)];
        double[][] places = [.. tables.Select(t => new ResponseSurface(Points(t), Places(t).Select(p => Normal.InvCDF(0, 1, p)))).Select(surface => Array.ConvertAll(points, p => Normal.CDF(0, 1, surface.At(p))))];

        double[] best = [.. tables.Select(_ => 1.0)];
        var chosen = new List<Configuration>();
        while (chosen.Count < count)
        {
            var next = Enumerable.Range(0, Candidates).MinBy(c => places.Select((p, t) => Math.Min(best[t], p[c])).Sum());
            best = [.. places.Select((p, t) => Math.Min(best[t], p[next]))];
            chosen.Add(candidates[next]);
        }

        return chosen;
    }

    private static IEnumerable<double[]> Points(TabulatedRuns table) => table.Runs.Select(r => r.Point);

    // [runs] the place of each among the table's runs by its loss, in the middle of its step: in (0, 1), near 0 the best
    private static double[] Places(TabulatedRuns table)
    {
        var places = new double[table.Runs.Count];
        foreach (var (run, place) in Enumerable.Range(0, places.Length).OrderBy(i => table.Runs[i].Loss).Select((run, place) => (run, place)))
        {
            places[run] = (place + 0.5) / places.Length;
        }

        return places;
    }

    private static Configuration Rounded(Configuration configuration)
        => new(configuration.Trainer, configuration.Values.Select(v => v.Value.Name is null && v.Value.Number != Math.Floor(v.Value.Number)
            ? KeyValuePair.Create(v.Key, (ParameterValue)double.Parse(v.Value.Number.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            : v));
}
