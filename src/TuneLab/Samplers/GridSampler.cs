using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>
/// Every combination of evenly spread values, the last parameter fastest; then it ends. With a planned number the grid is the largest that fits: choices have all their values if the
/// number allows, then each number gets one level more in turn. Without one, a number takes its steps when there are at most <see cref="MostLevels"/>, else
/// <see cref="LevelsWithoutPlan"/>. One level lies in the middle, two or more include both ends. A parameter that a condition makes inactive takes one level only, so no
/// configuration comes twice; nor does one where a number limits another.
/// </summary>
public sealed class GridSampler : ISampler
{
    /// <summary>Levels of a continuous parameter when only time limits the pass.</summary>
    public const int LevelsWithoutPlan = 5;

    /// <summary>The most steps that are all taken when only time limits the pass.</summary>
    public const int MostLevels = 32;

    // a memo: the grid of one box and planned number as far as it was asked for
    private readonly List<double[]> _points = [];
    private IEnumerator<double[]>? _rest;
    private Hypercube? _box;
    private int? _planned;

    /// <inheritdoc/>
    public string Id => "grid";

    /// <inheritdoc/>
    public int Lag => int.MaxValue;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        if (_rest is null || _box != request.Box || _planned != request.Planned)
        {
            (_box, _planned) = (request.Box, request.Planned);
            _points.Clear();
            _rest = Walk(request.Box, Levels(request.Box, request.Planned)).GetEnumerator();
        }

        while (_points.Count <= request.Index && _rest.MoveNext())
        {
            _points.Add(_rest.Current);
        }

        return request.Index < _points.Count ? [.. _points[request.Index]] : null;
    }

    /// <summary>How many values of each parameter the grid has.</summary>
    /// <returns>[dimensions] at least 1 each.</returns>
    internal static int[] Levels(Hypercube box, int? planned)
    {
        var dimensions = box.Space.Dimensions;
        var most = new long[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            most[i] = BoxAxis.Count(box, i) ?? long.MaxValue;
        }

        var levels = new int[dimensions];
        if (planned is not { } budget)
        {
            for (var i = 0; i < dimensions; i++)
            {
                levels[i] = most[i] <= MostLevels || box.Choices[i] is not null ? (int)most[i] : LevelsWithoutPlan;
            }

            return levels;
        }

        Array.Fill(levels, 1);
        long product = 1;
        for (var i = 0; i < dimensions; i++)
        {
            if (box.Choices[i] is { } choices && product * choices.Count <= budget)
            {
                levels[i] = choices.Count;
                product *= choices.Count;
            }
        }

        while (Next(levels, most, product, budget) is var next and >= 0)
        {
            product = product / levels[next] * (levels[next] + 1);
            levels[next]++;
        }

        return levels;
    }

    private static int Next(int[] levels, long[] most, long product, int budget)
    {
        var next = -1;
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] < most[i] && product / levels[i] * (levels[i] + 1) <= budget && (next < 0 || levels[i] < levels[next]))
            {
                next = i;
            }
        }

        return next;
    }

    private static IEnumerable<double[]> Walk(Hypercube box, int[] levels)
    {
        var space = box.Space;
        var seen = new HashSet<Configuration>();
        var at = new int[levels.Length];
        while (true)
        {
            var point = new double[levels.Length];
            var inactive = new bool[levels.Length];
            var values = new Dictionary<string, ParameterValue>();
            for (var i = 0; i < levels.Length; i++)
            {
                inactive[i] = !SearchSpace.IsActive(space.Parameters[i], values);
                point[i] = inactive[i] ? BoxAxis.Level(box, i, 0, 1) : BoxAxis.Level(box, i, at[i], levels[i]);
                if (!inactive[i])
                {
                    values[space.Parameters[i].Name] = space.Parameters[i].FromUnit(point[i]);
                }
            }

            if (!space.HasLimits || seen.Add(space.FromUnit("", point)))
            {
                yield return point;
            }

            var digit = levels.Length - 1;
            while (digit >= 0 && (inactive[digit] || ++at[digit] == levels[digit]))
            {
                at[digit--] = 0;
            }

            if (digit < 0)
            {
                yield break;
            }
        }
    }
}
