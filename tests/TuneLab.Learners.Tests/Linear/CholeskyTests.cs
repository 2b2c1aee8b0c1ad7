using TuneLab.Learners.Linear;

namespace TuneLab.Learners.Tests.Linear;

public class CholeskyTests
{
    [Fact]
    public void Solve_PositiveDefinite_GivesBackWhatWasMultiplied()
    {
        const int size = 37;
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                matrix[(i * size) + j] = (i == j ? 2 : 0) + (1.0 / (1 + Math.Abs(i - j)));
            }
        }

        var solution = Enumerable.Range(0, size).Select(i => Math.Sin(i)).ToArray();
        var right = Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Sum(j => matrix[(i * size) + j] * solution[j])).ToArray();
        Cholesky.Of(matrix, size, CancellationToken.None)!.Solve(right);

        for (var i = 0; i < size; i++)
        {
            Assert.Equal(solution[i], right[i], 1e-9);
        }
    }

    [Fact]
    public void Of_TheSameColumnTwice_IsDampedAndSharesTheSolution()
    {
        double[] right = [2, 2];
        Cholesky.Of([1, 1, 1, 1], 2, CancellationToken.None)!.Solve(right);

        Assert.Equal(2, right[0] + right[1], 1e-6);
        Assert.Equal(right[0], right[1], 1e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Of_NothingToDivideBy_IsNull(double value) => Assert.Null(Cholesky.Of([value, value, value, value], 2, CancellationToken.None));
}
