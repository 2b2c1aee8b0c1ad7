using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;

namespace TuneLab.Testing.Tabulated;

/// <summary>
/// One search among tabulated runs. A sampler proposes any point; its answer is the nearest run that was not tried yet, in the unit cube, with the same choices while such a run is left. The sampler is told that run's
/// own point and loss, so what it learns is true.
/// </summary>
/// <param name="runs">The candidates.</param>
public sealed class TabulatedSearch(TabulatedRuns runs)
{
    private readonly List<TabulatedRun> _left = [.. runs.Runs];
    private readonly int[] _numbers = [.. Enumerable.Range(0, runs.Space.Dimensions).Where(i => runs.Space.Parameters[i] is not ChoiceParameter)];
    private readonly (int Index, ChoiceParameter Parameter)[] _choices = [.. runs.Space.Parameters.Select((p, i) => (Index: i, Choice: p as ChoiceParameter)).Where(p => p.Choice is not null).Select(p => (p.Index, p.Choice!))];

    /// <summary>Takes the run that answers a proposal; of equally near ones the first.</summary>
    /// <param name="point">[dimensions] in the unit cube.</param>
    /// <returns>The run, or null when all are taken.</returns>
    public TabulatedRun? Take(double[] point)
    {
        var nearest = _left.MinBy(r => (Mismatches(r.Point, point), Distance(r.Point, point)));
        if (nearest is not null)
        {
            _left.Remove(nearest);
        }

        return nearest;
    }

    /// <summary>The losses of a search, in the order of its trials.</summary>
    /// <param name="runs">The candidates.</param>
    /// <param name="sampler">A new instance.</param>
    /// <param name="seed">Of the sampler, and of the point that it begins at.</param>
    /// <param name="evaluations">How many; fewer when the sampler or the candidates end before.</param>
    /// <param name="lag">How many of the latest evaluations it does not see. <value>Null: as in a search, <see cref="ISampler.Lag"/>.</value></param>
    public static List<double> Losses(TabulatedRuns runs, ISampler sampler, Seed seed, int evaluations, int? lag = null)
    {
        var (search, box, random) = (new TabulatedSearch(runs), Hypercube.Whole(runs.Space), seed.Child("start").Random());
        double[][] start = [[.. runs.Space.Parameters.Select(_ => random.NextDouble())]];
        var told = new List<Observation>();
        while (told.Count < evaluations)
        {
            var seen = (int)Math.Max(0, told.Count - (long)(lag ?? sampler.Lag));
            var point = sampler.Propose(new SamplerRequest(runs.Space, box, new SearchHistory(told[..seen]), told.Count, 0, evaluations, start, seed));
            if (point is null || search.Take(point) is not { } run)
            {
                break;
            }

            told.Add(new Observation(told.Count, 0, run.Point, run.Loss, ObservationStatus.Completed, 1, 1));
        }

        return told.ConvertAll(o => o.Loss);
    }

    private int Mismatches(double[] a, double[] b) => _choices.Count(c => c.Parameter.IndexOf(a[c.Index]) != c.Parameter.IndexOf(b[c.Index]));

    private double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        foreach (var i in _numbers)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
