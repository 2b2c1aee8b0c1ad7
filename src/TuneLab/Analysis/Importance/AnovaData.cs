using TuneLab.Space;

namespace TuneLab.Analysis.Importance;

/// <summary>Trials as points of the unit cube, sorted along each axis once for all trees.</summary>
internal sealed class AnovaData
{
    // in distances between the quartiles
    private const double FarOut = 10;

    /// <param name="space">The space.</param>
    /// <param name="trials">At least one; finite scores.</param>
    public AnovaData(AnovaSpace space, IReadOnlyList<ScoredConfiguration> trials)
    {
        (Space, Count) = (space, trials.Count);
        var points = trials.Select(t => space.Space.ToUnit(t.Configuration)).ToArray();
        Points = [.. space.Space.Parameters.Select((p, axis) => Array.ConvertAll(points, point => Coordinate(p, point[axis])))];
        Active = [.. Enumerable.Range(0, space.Dimensions).Select(axis => new bool[Count])];
        for (var axis = 0; axis < space.Dimensions; axis++)
        {
            for (var i = 0; i < Count; i++)
            {
                Active[axis][i] = space.Parent(axis) is var parent && (parent < 0 || (Active[parent][i] && space.Meets(axis)[(int)Points[parent][i]]));
            }
        }

        Orders = Array.ConvertAll(Points, column =>
        {
            int[] order = [.. Enumerable.Range(0, Count)];
            Array.Sort([.. column], order);
            return order;
        });
        var scores = DrawnIn([.. trials.Select(t => t.Score)]);
        Center = scores.Sum(s => s / Count);
        var largest = scores.Max(s => Math.Abs(s - Center)); // squares of large numbers would overflow
        Scale = largest * Math.Sqrt(scores.Average(s => (s - Center) / largest * ((s - Center) / largest)));
        Scores = Array.ConvertAll(scores, s => (s - Center) / Scale);
    }

    public AnovaSpace Space { get; }

    /// <summary>The number of trials.</summary>
    public int Count { get; }

    /// <summary>[axes][trials]: the index of a choice, the coordinate of a number (the middle of its cell where it is discrete).</summary>
    public double[][] Points { get; }

    /// <summary>[axes][trials].</summary>
    public bool[][] Active { get; }

    /// <summary>[axes][trials] the trials by ascending coordinate.</summary>
    public int[][] Orders { get; }

    /// <summary>[trials] scores with mean 0 and deviation 1.</summary>
    public double[] Scores { get; }

    /// <summary>The mean of the scores in their own unit.</summary>
    public double Center { get; }

    /// <summary>Their standard deviation.</summary>
    public double Scale { get; }

    // one run that diverged would otherwise have all the variance
    private static double[] DrawnIn(double[] scores)
    {
        double[] sorted = [.. scores.Order()];
        var (low, high) = (sorted[sorted.Length / 4], sorted[sorted.Length * 3 / 4]);
        var reach = FarOut * (high - low);
        return reach > 0 ? Array.ConvertAll(scores, s => Math.Clamp(s, low - reach, high + reach)) : scores;
    }

    private static double Coordinate(Parameter parameter, double unit)
        => parameter is ChoiceParameter choice ? choice.IndexOf(unit) : parameter.Cardinality is null ? unit : parameter.ToUnit(parameter.FromUnit(unit));
}
