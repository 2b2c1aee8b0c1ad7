using TuneLab.Randomness;

namespace TuneLab.Samplers.Gp;

/// <summary>
/// Looks for the points of most expected improvement in a trust region: of many random ones the best are followed along their numbers by <see cref="Rprop"/>, and from one discrete value to the
/// next while that is better.
/// </summary>
internal sealed class AcquisitionSearch
{
    private const int Wide = 128;
    private const int Near = 64;
    private const int Followed = 4;
    private const int Iterations = 25;
    private const int Rounds = 3;

    // so many coordinates are changed at once, about (Regis and Shoemaker 2013)
    private const double Changed = 20;

    // the model's deviation is too small, since it takes its parameters for the true ones
    private const double Doubt = 1.3;

    private const double LeastLength = 0.05;
    private const double MostLength = 2;

    private readonly BoxSpace _space;
    private readonly GpModel _model;
    private readonly BoxPoint[] _centers;
    private readonly double _least;
    private readonly double _length;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly SeededRandom _random;

    /// <param name="space">Where the points lie.</param>
    /// <param name="kernel">Whose lengths shape the region.</param>
    /// <param name="model">What is known.</param>
    /// <param name="least">What is to be improved on.</param>
    /// <param name="centers">The best points, best first; the region lies around the first.</param>
    /// <param name="length">The region's side.</param>
    /// <param name="random">Any.</param>
    public AcquisitionSearch(BoxSpace space, GpKernel kernel, GpModel model, double least, BoxPoint[] centers, double length, SeededRandom random)
    {
        (_space, _model, _least, _centers, _length, _random) = (space, model, least, centers, length, random);
        double[] lengths = [.. Enumerable.Range(0, space.Numbers).Select(i => Math.Clamp(kernel.Length(i), LeastLength, MostLength))];
        var middle = Math.Exp(lengths.Select(l => Math.Log(l)).DefaultIfEmpty(0).Average());
        (_low, _high) = (new double[space.Numbers], new double[space.Numbers]);
        for (var i = 0; i < space.Numbers; i++)
        {
            var (center, half) = (centers[0].Numbers[i], Math.Max(length * lengths[i] / middle / 2, space.Steps[i]));
            (_low[i], _high[i]) = double.IsNaN(center) ? (0, 1) : (Math.Max(0, center - half), Math.Min(1, center + half));
        }
    }

    /// <summary>Points, best first.</summary>
    public IReadOnlyList<BoxPoint> Points()
    {
        var drawn = Enumerable.Range(0, Wide + Near).Select(i => Scored(i < Wide ? DrawWide() : DrawNear(_centers[i % _centers.Length]))).OrderByDescending(s => s.Score).ToList();
        var followed = drawn.Take(Followed).Select(Follow).ToList();
        return [.. followed.Concat(drawn).OrderByDescending(s => s.Score).Select(s => s.Point)];
    }

    /// <summary>The logarithm of the expected improvement at a point.</summary>
    public double Score(BoxPoint point)
    {
        var (mean, deviation) = _model.At(point);
        return Improvement(mean, deviation).Log;
    }

    private (double Log, double ByMean, double ByDeviation) Improvement(double mean, double deviation)
    {
        var (log, byMean, byDeviation) = ExpectedImprovement.Log(_least, mean, Doubt * deviation);
        return (log, byMean, Doubt * byDeviation);
    }

    private (BoxPoint Point, double Score) Scored(BoxPoint point) => (point, Score(point));

    private BoxPoint DrawWide()
    {
        var (numbers, choices) = (new double[_space.Numbers], new int[_space.Counts.Length]);
        var (center, share) = (_centers[0], Changed / Math.Max(1, _space.Dimensions));
        var always = _random.NextInt(Math.Max(1, numbers.Length));
        for (var i = 0; i < numbers.Length; i++)
        {
            var (changed, drawn) = (i == always || _random.NextDouble() < share, _random.NextDouble());
            numbers[i] = changed || double.IsNaN(center.Numbers[i]) ? _low[i] + (drawn * (_high[i] - _low[i])) : center.Numbers[i];
        }

        DrawChoices(center, choices, Math.Clamp(_length / 2, 0.1, 0.5));
        return _space.Settle(numbers, choices);
    }

    private BoxPoint DrawNear(BoxPoint center)
    {
        var (numbers, choices) = (new double[_space.Numbers], new int[_space.Counts.Length]);
        var width = Math.Pow(10, -1 - (1.5 * _random.NextDouble()));
        for (var i = 0; i < numbers.Length; i++)
        {
            var (step, anywhere) = (_random.NextNormal() * Math.Max(width * (_high[i] - _low[i]), _space.Steps[i] / 2), _random.NextDouble());
            numbers[i] = double.IsNaN(center.Numbers[i]) ? anywhere : Math.Clamp(center.Numbers[i] + step, _low[i], _high[i]);
        }

        DrawChoices(center, choices, 0.1);
        return _space.Settle(numbers, choices);
    }

    private void DrawChoices(BoxPoint center, int[] choices, double odds)
    {
        for (var i = 0; i < choices.Length; i++)
        {
            var (changes, drawn) = (_random.NextDouble() < odds, _random.NextInt(_space.Counts[i]));
            choices[i] = changes || center.Choices[i] < 0 ? drawn : center.Choices[i];
        }
    }

    private (BoxPoint Point, double Score) Follow((BoxPoint Point, double Score) from)
    {
        var best = from;
        for (var round = 0; round < Rounds; round++)
        {
            best = Better(best, Climb(best.Point));
            var stepped = Neighbours(best.Point).Select(Scored).Append(best).MaxBy(s => s.Score);
            if (!(stepped.Score > best.Score))
            {
                break;
            }

            best = stepped;
        }

        return best;
    }

    private (BoxPoint Point, double Score) Climb(BoxPoint from)
    {
        double[] steps = [.. from.Numbers.Select((x, i) => double.IsNaN(x) || _space.Steps[i] > 0 ? 0 : 0.05 * (_high[i] - _low[i]))];
        if (steps.All(s => s == 0))
        {
            return (from, double.NegativeInfinity);
        }

        var (mean, deviation) = (new double[steps.Length], new double[steps.Length]);
        double Slope(ReadOnlySpan<double> at, Span<double> gradient)
        {
            var (value, spread) = _model.At(new BoxPoint(at.ToArray(), from.Choices), mean, deviation);
            var (log, byMean, byDeviation) = Improvement(value, spread);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] = -((byMean * mean[i]) + (byDeviation * deviation[i]));
            }

            return -log;
        }

        var (numbers, least) = Rprop.Minimize(from.Numbers, _low, _high, steps, Iterations, Slope);
        return (new BoxPoint(numbers, from.Choices), -least);
    }

    private IEnumerable<BoxPoint> Neighbours(BoxPoint from)
    {
        for (var i = 0; i < from.Numbers.Length; i++)
        {
            if (_space.Steps[i] > 0 && !double.IsNaN(from.Numbers[i]))
            {
                yield return With(from, i, from.Numbers[i] - _space.Steps[i]);
                yield return With(from, i, from.Numbers[i] + _space.Steps[i]);
            }
        }

        for (var c = 0; c < from.Choices.Length; c++)
        {
            for (var other = 0; from.Choices[c] >= 0 && other < _space.Counts[c]; other++)
            {
                if (other != from.Choices[c])
                {
                    var choices = (int[])from.Choices.Clone();
                    choices[c] = other;
                    yield return _space.Settle(Known(from.Numbers), Array.ConvertAll(choices, x => Math.Max(0, x)));
                }
            }
        }
    }

    private BoxPoint With(BoxPoint from, int number, double value)
    {
        var numbers = Known(from.Numbers);
        numbers[number] = Math.Clamp(value, 0, 1);
        return _space.Settle(numbers, Array.ConvertAll(from.Choices, x => Math.Max(0, x)));
    }

    // what was inactive may become active: in the middle
    private static double[] Known(double[] numbers) => Array.ConvertAll(numbers, BoxSpace.Known);

    private static (BoxPoint Point, double Score) Better((BoxPoint Point, double Score) a, (BoxPoint Point, double Score) b) => b.Score > a.Score ? b : a;
}
