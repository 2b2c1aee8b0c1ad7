using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>
/// The proposals of one sampler in one stage pass without those that were tried before. Of what was, the sampler is told the answer again, so that one that learns goes on from it as if it had been tried, and is
/// asked for another. Where that goes on (a method at the edge of its box, a small space), random points of the box are drawn.
/// </summary>
internal sealed class NewProposals(ISampler sampler)
{
    private const int Redraws = 30;

    // in a space of a few dozen configurations the last one is found
    private const int RandomDraws = 300;

    private static readonly RandomSampler _random = new();

    // answers told again, each with how many observations of the history came before it
    private readonly List<(int Before, Observation Seen)> _again = [];
    private int _index;
    private int _drawn;

    /// <summary>Who proposes.</summary>
    public ISampler Sampler => sampler;

    /// <summary>The next one that is new; null when the sampler has nothing left or 300 random points brought nothing new either.</summary>
    /// <param name="request">Its history begins with that of the request before; the index is set here.</param>
    /// <param name="at">The configuration at a point.</param>
    /// <param name="isTried">Whether a configuration was tried or is under way.</param>
    /// <param name="answer">What came of one that was; null while the sampler may not see it.</param>
    public (double[] Point, Configuration Configuration)? Next(SamplerRequest request, Func<double[], Configuration> at, Predicate<Configuration> isTried, Func<Configuration, Observation?> answer)
    {
        var (learns, shown) = (sampler.Lag != int.MaxValue, request.History.Observations.Count);
        for (var attempt = 0; attempt < Redraws; attempt++)
        {
            if (sampler.Propose(request with { Index = _index++, History = Told(request.History) }) is not { } point)
            {
                return null;
            }

            var configuration = at(point);
            if (!isTried(configuration))
            {
                return (point, configuration);
            }

            if (learns && answer(configuration) is { } known)
            {
                _again.Add((shown, known with { Stage = request.Stage, Point = point, Again = true }));
            }
        }

        var elsewhere = request with { Seed = request.Seed.Child("elsewhere") };
        return Enumerable.Range(0, RandomDraws).Select(_ => _random.Propose(elsewhere with { Index = _drawn++ })!).Select(point => ((double[], Configuration)?)(point, at(point))).FirstOrDefault(p => !isTried(p!.Value.Item2));
    }

    private SearchHistory Told(SearchHistory history)
    {
        if (_again.Count == 0)
        {
            return history;
        }

        var (all, next) = (new List<Observation>(history.Observations.Count + _again.Count), 0);
        for (var i = 0; i <= history.Observations.Count; i++)
        {
            for (; next < _again.Count && _again[next].Before == i; next++)
            {
                all.Add(_again[next].Seen);
            }

            if (i < history.Observations.Count)
            {
                all.Add(history.Observations[i]);
            }
        }

        return new SearchHistory(all);
    }
}
