using TuneLab.Analysis.Importance;
using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Tests.Analysis.Importance;

/// <summary>The same forest, its predictions averaged over a grid of the whole space by the definition of the shares.</summary>
public sealed class BruteForceTests
{
    private static readonly Seed Seed = new(3);

    [Fact]
    public void Run_DiscreteSpace_IsTheGridsAnswer()
    {
        // every kind of discrete axis; a conditional of a conditional, and two under the same choice
        var space = new SearchSpace(
            new IntParameter("leaves", 2, 12, Scale.Log),
            new ChoiceParameter("kind", "plain", "extra", "dart"),
            new FloatParameter("share", 0.1, 0.5, step: 0.2),
            new ChoiceParameter("mode", "tree", "forest") { Condition = new Condition("kind", ["extra", "dart"]) },
            new IntParameter("depth", 1, 3) { Condition = new Condition("mode", ["forest"]) },
            new IntParameter("drop", 0, 2) { Condition = new Condition("kind", ["plain", "dart"]) });
        Compare(space, [11, 3, 3, 2, 3, 3], 1e-9, 150);
    }

    [Fact]
    public void Run_RealNumbers_IsTheDenseGridsAnswer()
        => Compare(new SearchSpace(new FloatParameter("rate", 0.01, 1, Scale.Log), new ChoiceParameter("kind", "plain", "dart"), new FloatParameter("drop", 0, 1) { Condition = new Condition("kind", ["dart"]) }), [60, 2, 60], 0.02, 60);

    /// <param name="space">The space.</param>
    /// <param name="grid">[axes] how many values of each the grid has.</param>
    /// <param name="tolerance">Of a share.</param>
    /// <param name="trials">How many the forest learns from.</param>
    private static void Compare(SearchSpace space, int[] grid, double tolerance, int trials)
    {
        var scored = Trials.Random(space, trials, c => c.Values.Select(v => Math.Sin((v.Key.Length + 1) * (v.Value.Name?.Length ?? v.Value.Number))).Sum(), noise: 0.2);
        var actual = FunctionalAnova.Run(space, scored, Seed).Value!;
        var forest = AnovaForest.Grow(new AnovaData(new AnovaSpace(space), scored), Seed);
        Grid[] trees = [.. forest.Trees.Select(t => new Grid(space, grid, t))];
        Assert.All(actual.Hyperparameters.Select((h, axis) => (h, axis)), e => Same(e.h.Share, trees.Select(t => t.Share(e.axis)), tolerance));
        Assert.All(actual.Interactions, e => Same(e.Share, trees.Select(t => t.Share(space.IndexOf(e.First), space.IndexOf(e.Second))), tolerance));
        Assert.Contains(actual.Interactions, e => e.Share.Value > 0.01);
        Surface(space, grid, actual.Surface!, forest, trees, new AnovaData(new AnovaSpace(space), scored));
    }

    // each value of the surface is the mean over the points of the grid that have these two values, over all trees
    private static void Surface(SearchSpace space, int[] grid, MarginalSurface surface, AnovaForest forest, Grid[] trees, AnovaData data)
    {
        var (across, up) = (space.IndexOf(surface.Across.Name), space.IndexOf(surface.Up.Name));
        if (surface.Across.Levels.Count != Levels(across) || surface.Up.Levels.Count != Levels(up))
        {
            return; // a continuous axis has other values than the grid
        }

        Assert.Equal(AnovaForest.Size, forest.Trees.Count);
        for (var row = 0; row < surface.Up.Levels.Count; row++)
        {
            for (var column = 0; column < surface.Across.Levels.Count; column++)
            {
                var (c, r) = (Level(across, surface.Across.Levels[column]), Level(up, surface.Up.Levels[row]));
                Assert.Equal(data.Center + data.Scale * trees.Average(t => t.Mean((across, c), (up, r))), surface.Scores[row][column], 9);
            }
        }

        int Levels(int axis) => grid[axis];
        int Level(int axis, SurfaceLevel level) => space.Parameters[axis] is ChoiceParameter choice ? choice.IndexOf(level.Coordinate) : (int)Math.Round(level.Value.Number - ((space.Parameters[axis] as IntParameter)?.Low ?? 0));
    }

    private static void Same(VarianceShare actual, IEnumerable<double> shares, double tolerance)
    {
        double[] all = [.. shares];
        var mean = all.Average();
        Assert.Equal(mean, actual.Value, tolerance);
        Assert.Equal(Math.Sqrt(all.Sum(s => (s - mean) * (s - mean)) / (all.Length - 1)), actual.Spread, tolerance);
    }

    /// <summary>A tree's predictions at every point of a grid.</summary>
    private sealed class Grid
    {
        private readonly List<(double Weight, double Prediction, int[] Levels, bool[] Active)> _points = [];

        public Grid(SearchSpace space, int[] counts, AnovaTree tree)
        {
            var parameters = space.Parameters;
            double[][] units = [.. counts.Select((count, axis) => Enumerable.Range(0, count).Select(i => Unit(parameters[axis], i, count)).ToArray())];
            double[][] weights = [.. units.Select((own, axis) => own.Select(u => Weight(parameters[axis], u, own.Length)).ToArray())];
            for (var point = 0; point < counts.Aggregate(1, (a, b) => a * b); point++)
            {
                var (rest, weight, levels, unit) = (point, 1.0, new int[counts.Length], new double[counts.Length]);
                for (var axis = 0; axis < counts.Length; axis++)
                {
                    (levels[axis], rest) = (rest % counts[axis], rest / counts[axis]);
                    (weight, unit[axis]) = (weight * weights[axis][levels[axis]], units[axis][levels[axis]]);
                }

                var configuration = space.FromUnit("function", unit);
                var prediction = tree.Predict(axis => parameters[axis] is ChoiceParameter ? levels[axis] : unit[axis]);
                _points.Add((weight, prediction, levels, [.. parameters.Select(p => configuration.Values.ContainsKey(p.Name))]));
            }
        }

        /// <summary>The variance of the means by the values of some axes, where these are active, less that of the means by fewer of them; times the size of that part, over the variance of all.</summary>
        public double Share(params int[] axes)
        {
            var part = _points.FindAll(p => axes.All(a => p.Active[a]));
            if (part.Count == 0)
            {
                return 0;
            }

            var own = Variance(part, axes) - (axes.Length == 1 ? 0 : axes.Sum(a => Variance(part, [a])));
            return part.Sum(p => p.Weight) * own / Variance(_points, [.. Enumerable.Range(0, _points[0].Levels.Length)]);
        }

        /// <summary>The mean over the points that have these levels, where both axes are active.</summary>
        public double Mean((int Axis, int Level) first, (int Axis, int Level) second)
        {
            var part = _points.FindAll(p => p.Active[first.Axis] && p.Active[second.Axis] && p.Levels[first.Axis] == first.Level && p.Levels[second.Axis] == second.Level);
            return part.Sum(p => p.Weight * p.Prediction) / part.Sum(p => p.Weight);
        }

        private static double Variance(List<(double Weight, double Prediction, int[] Levels, bool[] Active)> part, int[] axes)
        {
            var all = part.Sum(p => p.Weight);
            var mean = part.Sum(p => p.Weight * p.Prediction) / all;
            return part.GroupBy(p => axes.Aggregate(0L, (key, a) => key * 1000 + p.Levels[a]))
                .Select(g => (Weight: g.Sum(p => p.Weight), Total: g.Sum(p => p.Weight * p.Prediction)))
                .Sum(g => g.Weight / all * Math.Pow(g.Total / g.Weight - mean, 2));
        }

        private static double Unit(Parameter parameter, int level, int count) => parameter switch
        {
            IntParameter whole => whole.ToUnit(whole.Low + level),
            _ => (level + 0.5) / count,
        };

        private static double Weight(Parameter parameter, double unit, int count)
        {
            if (parameter is not IntParameter { Scale: Scale.Log } whole)
            {
                return 1.0 / count;
            }

            var value = whole.FromUnit(unit).Number;
            return Math.Log((value + 0.5) / (value - 0.5)) / Math.Log((whole.High + 0.5) / (whole.Low - 0.5));
        }
    }
}
