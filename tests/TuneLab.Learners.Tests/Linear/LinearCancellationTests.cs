using TuneLab.Data;
using TuneLab.Learners.Linear;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Linear;

/// <summary>Every long piece of a fit looks at the token by itself, not only between the pieces.</summary>
public class LinearCancellationTests
{
    private static readonly CancellationToken Cancelled = new(true);

    [Fact]
    public void Fit_CancelledDesign_Throws()
    {
        var fold = SampleFold.Of(LearningTask.Binary);
        Assert.ThrowsAny<OperationCanceledException>(() => Design.Fit(fold.Table, fold.Train, null, NumberTransform.Quantile, null, Cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => Design.Fit(fold.Table, fold.Train, null, NumberTransform.Quantile).Matrix(fold.Table, null, Cancelled));
    }

    [Fact]
    public void Passes_Cancelled_Throw()
    {
        var fold = SampleFold.Of(LearningTask.Multiclass);
        var design = Design.Of(fold, NumberTransform.Standard, new Team(1), CancellationToken.None).Matrix;
        var problem = new LinearProblem(design, fold.Train, Array.ConvertAll(fold.Train, r => fold.Target[r]), Array.ConvertAll(fold.Train, _ => 1.0 / fold.Train.Length), 3, new SoftmaxLoss());
        var (weights, margins) = (new double[problem.Size], new double[problem.MarginCount]);
        problem.Cancellation = Cancelled;

        Assert.ThrowsAny<OperationCanceledException>(() => problem.Margins(weights, margins));
        Assert.ThrowsAny<OperationCanceledException>(() => problem.Loss(margins, new double[margins.Length]));
        Assert.ThrowsAny<OperationCanceledException>(() => problem.Gradient(margins, weights));
        Assert.ThrowsAny<OperationCanceledException>(() => new HessianPass(design, fold.Train, (_, _, _) => 1, 3).Run(new double[problem.Size * problem.Size], new Team(1), Cancelled));
    }

    [Fact]
    public void Solve_Cancelled_Throws()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Cholesky.Of([2, 1, 1, 2], 2, Cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => new QuadraticModel([2, 1, 1, 2], new ElasticNet(0.1, 0, 3), Cancelled).Minimise([0, 0], [1, 1], 1e-9));
    }
}
