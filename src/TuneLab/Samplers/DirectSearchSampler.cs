using TuneLab.Randomness;

namespace TuneLab.Samplers;

/// <summary>
/// Randomised direct search, FLOW2 (Wu, Wang, Huang 2021, Frugal optimization for cost-related hyperparameters, algorithm 1, with the shrinking step of CFO): around the best point of this pass it tries a random
/// direction and its opposite, moves to what is better, and shortens its steps by a half when twice as many tries as there are coordinates brought nothing. A step begins with a tenth of the box's
/// diagonal; below a hundredth of that it starts again at the next point of a scrambled Sobol sequence. As steps are short it stays cheap where it begins cheap: at
/// <see cref="SamplerRequest.Cheap"/>, else at <see cref="SamplerRequest.Start"/>[0], else in the middle of the box.
/// <para>Differences: both directions are tried always, since the second one does not wait for the first; a choice changes to another one in every fourth try. Pruned and failed trials are no better than
/// anything.</para>
/// </summary>
public sealed class DirectSearchSampler : ISampler
{
    private const double FirstStep = 0.1;
    private const double LastStep = 0.01 * FirstStep;
    private const double ChoiceChanges = 0.25;

    private BoxCoordinates? _coordinates;

    /// <inheritdoc/>
    public string Id => "flow2";

    /// <inheritdoc/>
    /// <remarks>One: a direction and its opposite are tried at the same time.</remarks>
    public int Lag => 1;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        if (_coordinates is null || !ReferenceEquals(_coordinates.Box, request.Box))
        {
            _coordinates = new BoxCoordinates(request.Box);
        }

        var (numbers, choices) = (_coordinates.Numbers.Length, _coordinates.Choices.Length);
        var seed = request.Seed.Child("flow2");
        var state = Walk(request.History.Observations.Where(o => o.Stage == request.Stage), numbers + choices);
        if (state.Best is null)
        {
            return state.Restarts == 0 && request.Index <= Lag ? Begin(request) : SobolSampler.Point(request, seed);
        }

        var random = seed.Child(request.Index / 2).Random();
        var sign = request.Index % 2 == 0 ? 1 : -1;
        var direction = Direction(numbers, random);
        var step = state.Step * Math.Sqrt(Math.Max(1, numbers));
        var from = _coordinates.Relative(state.Best.Point);
        var moved = from.Zip(direction, (x, u) => Math.Clamp((double.IsNaN(x) ? 0.5 : x) + (sign * step * u), 0, 1));
        var chosen = _coordinates.ChoicesOf(state.Best.Point);
        for (var i = 0; i < choices; i++)
        {
            var (changes, other) = (random.NextDouble() < ChoiceChanges, random.NextInt(Math.Max(1, _coordinates.CountOf(i) - 1)));
            if (chosen[i] < 0 || (changes && sign > 0))
            {
                chosen[i] = chosen[i] < 0 || other < chosen[i] ? other : other + 1;
            }
        }

        return _coordinates.Place([.. moved], chosen);
    }

    private double[] Begin(SamplerRequest request)
    {
        var start = request.Cheap ?? (request.Start.Count > 0 ? request.Start[0] : null);
        if (start is null || request.Index > 0)
        {
            return request.Index == 0
                ? _coordinates!.Place([.. _coordinates.Numbers.Select(_ => 0.5)], new int[_coordinates.Choices.Length])
                : SobolSampler.Point(request, request.Seed.Child("flow2"));
        }

        var numbers = _coordinates!.Relative(start);
        return _coordinates.Place([.. numbers.Select(x => double.IsNaN(x) ? 0.5 : Math.Clamp(x, 0, 1))], [.. _coordinates.ChoicesOf(start).Select(c => Math.Max(0, c))]);
    }

    // what the trials so far come to
    private (Observation? Best, double Step, int Restarts) Walk(IEnumerable<Observation> seen, int coordinates)
    {
        var (best, step, barren, restarts, stale) = ((Observation?)null, FirstStep, 0, 0, 0);
        foreach (var observation in seen)
        {
            if (stale > 0)
            {
                stale--; // proposed before it was known that the search begins again
                continue;
            }

            var counts = observation.Status == ObservationStatus.Completed && double.IsFinite(observation.Loss);
            if (counts && (best is null || observation.Loss < best.Loss))
            {
                (best, barren) = (observation, 0);
            }
            else if (best is not null && ++barren >= 2 * Math.Max(1, coordinates))
            {
                (step, barren) = (step / 2, 0);
                if (step < LastStep)
                {
                    (best, step, restarts, stale) = (null, FirstStep, restarts + 1, Lag);
                }
            }
        }

        return (best, step, restarts);
    }

    // uniform on the unit sphere
    private static double[] Direction(int dimensions, SeededRandom random)
    {
        var direction = new double[dimensions];
        var length = 0.0;
        for (var i = 0; i < dimensions; i++)
        {
            direction[i] = random.NextNormal();
            length += direction[i] * direction[i];
        }

        return length > 0 ? Array.ConvertAll(direction, x => x / Math.Sqrt(length)) : direction;
    }
}
