using TuneLab.Data;
using TuneLab.Learners.Linear;
using TuneLab.Testing.Training;

namespace TuneLab.Learners.Tests.Linear;

/// <summary>The fit ends where the objective's subgradient is zero, by whichever method.</summary>
public class LinearOptimumTests
{
    public static TheoryData<LearningTask, double, double> Cases
    {
        get
        {
            var cases = new TheoryData<LearningTask, double, double>();
            foreach (var task in Enum.GetValues<LearningTask>())
            {
                foreach (var strength in new[] { 1e-4, 0.03, 0.3 })
                {
                    foreach (var ratio in new[] { 0, 0.5, 1 })
                    {
                        cases.Add(task, strength, ratio);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Newton_AtItsEnd_MeetsTheOptimalityConditions(LearningTask task, double strength, double ratio)
    {
        var problem = Problem(task);
        var penalty = new ElasticNet(strength * ratio, strength * (1 - ratio), problem.Stride);
        var weights = new double[problem.Size];
        new ProximalNewton(problem).Minimise(penalty, weights, 1e-11);

        AssertOptimal(problem, penalty, weights, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OrthantWise_AtItsEnd_IsWhereNewtonIs(LearningTask task, double strength, double ratio)
    {
        var problem = Problem(task);
        var penalty = new ElasticNet(strength * ratio, strength * (1 - ratio), problem.Stride);
        var (newton, orthant) = (new double[problem.Size], new double[problem.Size]);
        new ProximalNewton(problem).Minimise(penalty, newton, 1e-11);
        OrthantWise.Minimise(problem, penalty, orthant, new StepMemory());

        var (best, reached) = (Objective(problem, penalty, newton), Objective(problem, penalty, orthant));
        Assert.InRange(reached, best - 1e-10, best + 1e-6);
    }

    [Theory]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Multiclass)]
    [InlineData(LearningTask.Regression)]
    public void GradientAndHessian_AnyWeights_AreTheDifferenceQuotients(LearningTask task)
    {
        var problem = Problem(task);
        var weights = Enumerable.Range(0, problem.Size).Select(j => Math.Sin(j)).ToArray();
        var (gradient, hessian) = (new double[problem.Size], new double[problem.Size * problem.Size]);
        var (margins, slopes) = (new double[problem.MarginCount], new double[problem.MarginCount]);
        problem.Margins(weights, margins);
        problem.Loss(margins, slopes);
        problem.Gradient(slopes, gradient);
        problem.Hessian(margins, hessian);

        const double step = 1e-5;
        for (var j = 0; j < weights.Length; j++)
        {
            var (above, below) = (Moved(j, step), Moved(j, -step));
            Assert.Equal((above.Loss - below.Loss) / (2 * step), gradient[j], 1e-8);
            for (var l = 0; l < weights.Length; l++)
            {
                Assert.Equal((above.Gradient[l] - below.Gradient[l]) / (2 * step), hessian[(j * weights.Length) + l], 1e-8);
            }
        }

        (double Loss, double[] Gradient) Moved(int index, double by)
        {
            double[] moved = [.. weights];
            moved[index] += by;
            var slope = new double[moved.Length];
            problem.Margins(moved, margins);
            var loss = problem.Loss(margins, slopes);
            problem.Gradient(slopes, slope);
            return (loss, slope);
        }
    }

    [Fact]
    public void Minimise_StrongLasso_LeavesTheInterceptOnly()
    {
        var fold = SampleFold.Of(LearningTask.Binary);
        var model = LinearFits.Fit(fold, 10, 1);

        var share = fold.Train.Average(row => fold.Target[row]);
        Assert.All(model.Weights[..^1], w => Assert.Equal(0, w));
        Assert.Equal(Math.Log(share / (1 - share)), model.Weights[^1], 1e-6);
    }

    private static LinearProblem Problem(LearningTask task)
    {
        var fold = SampleFold.Of(task, 300, 1, row => 1 + (row % 3));
        var matrix = Design.Of(fold, NumberTransform.Standard, new Team(1), CancellationToken.None).Matrix;
        var total = fold.Train.Sum(row => fold.Weights![row]);
        var target = Array.ConvertAll(fold.Train, row => fold.Target[row] - (task == LearningTask.Regression ? 10 : 0));
        return new LinearProblem(matrix, fold.Train, target, Array.ConvertAll(fold.Train, row => fold.Weights![row] / total), fold.Outputs, LinearLoss.For(task));
    }

    private static double Objective(LinearProblem problem, ElasticNet penalty, double[] weights)
    {
        var margins = new double[problem.MarginCount];
        problem.Margins(weights, margins);
        return problem.Loss(margins, new double[margins.Length]) + penalty.Value(weights);
    }

    private static void AssertOptimal(LinearProblem problem, ElasticNet penalty, double[] weights, double tolerance)
    {
        var (margins, slopes, gradient) = (new double[problem.MarginCount], new double[problem.MarginCount], new double[problem.Size]);
        problem.Margins(weights, margins);
        problem.Loss(margins, slopes);
        problem.Gradient(slopes, gradient);
        for (var j = 0; j < weights.Length; j++)
        {
            var intercept = j % problem.Stride == problem.Stride - 1;
            var (absolute, slope) = (intercept ? 0 : penalty.Absolute, gradient[j] + (intercept ? 0 : penalty.Quadratic * weights[j]));
            var distance = weights[j] == 0 ? Math.Max(Math.Abs(slope) - absolute, 0) : Math.Abs(slope + (absolute * Math.Sign(weights[j])));
            Assert.True(distance <= tolerance, $"weight {j} = {weights[j]}: the subgradient is {distance} from zero");
        }
    }
}
