using System.Globalization;
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
        double[][] places = [.. tables.Select(t => new ResponseSurface(t)).Select(surface => Array.ConvertAll(points, surface.Place))];

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

    private static Configuration Rounded(Configuration configuration)
        => new(configuration.Trainer, configuration.Values.Select(v => v.Value.Name is null && v.Value.Number != Math.Floor(v.Value.Number)
            ? KeyValuePair.Create(v.Key, (ParameterValue)double.Parse(v.Value.Number.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            : v));
}
