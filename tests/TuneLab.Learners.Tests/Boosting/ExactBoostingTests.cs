using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;

namespace TuneLab.Learners.Tests.Boosting;

/// <summary>Boosting on bins against <see cref="ExactBoosting"/> on tables whose every value has a bin of its own.</summary>
public sealed class ExactBoostingTests
{
    private const int Rows = 130;

    [Theory]
    [InlineData(1, 30)]
    [InlineData(1001, 30)]
    public void Fit_EveryValueItsOwnBin_GivesTheExactTrees(int first, int count)
    {
        for (var seed = first; seed < first + count; seed++)
        {
            var random = new SeededRandom((ulong)seed);
            var (table, rules) = (DrawTable(random), DrawRules(random));
            var fold = SampleFold.Make(
                table.Logistic ? LearningTask.Binary : LearningTask.Regression,
                [.. table.Numbers.Select((c, i) => (FeatureColumn)SampleFold.Numbers("x" + i, c)), .. table.Codes.Select((c, i) => SampleFold.Categories("c" + i, c))],
                table.Target,
                table.Weights);
            var predicted = Fits.Model(new BoostingTrainer(), fold, Of(rules)).Predict(fold.Table);
            var exact = Array.ConvertAll(new ExactBoosting(table, rules).Scores(), s => table.Logistic ? 1 / (1 + Math.Exp(-s)) : s);
            for (var row = 0; row < Rows; row++)
            {
                Assert.True(Math.Abs(exact[row] - predicted[row]) < 1e-6, $"seed {seed}, {rules}, logistic {table.Logistic}: row {row} is {predicted[row]}, exactly {exact[row]}");
            }
        }
    }

    /// <summary>Two or three numbers with missing values, none to two categories, and weights of many sizes: no two partitions gain the same.</summary>
    private static ExactTable DrawTable(SeededRandom random)
    {
        float[][] numbers = [.. Enumerable.Range(0, 2 + random.NextInt(2)).Select(_ => Draw(() => random.NextInt(9) == 0 ? float.NaN : MathF.Round((float)random.NextNormal(), 1)))];
        int[][] codes = [.. Enumerable.Range(0, random.NextInt(3)).Select(_ => 2 + random.NextInt(12)).Select(levels => Draw(() => random.NextInt(levels + 1) - 1))];
        var logistic = random.NextInt(2) == 0;
        double[] target = [.. Enumerable.Range(0, Rows).Select(i =>
        {
            var score = (float.IsNaN(numbers[0][i]) ? 1 : numbers[0][i]) * (numbers[1][i] > 0 ? 1 : -1) + codes.Sum(c => Math.Sin(5 * c[i])) + 0.5 * random.NextNormal();
            return logistic ? score > 0 ? 1.0 : 0 : score;
        })];
        return new ExactTable(numbers, codes, target, Draw(() => 0.3 + 2 * random.NextDouble()), logistic);
    }

    private static T[] Draw<T>(Func<T> value) => [.. Enumerable.Range(0, Rows).Select(_ => value())];

    private static ExactRules DrawRules(SeededRandom random)
    {
        double Sometimes(double most) => random.NextInt(2) == 0 ? 0 : most * random.NextDouble();
        return new ExactRules
        {
            Rounds = 1 + random.NextInt(3),
            LearningRate = 0.2 + 0.8 * random.NextDouble(),
            Leaves = 2 + random.NextInt(14),
            MaxDepth = random.NextInt(2) * (1 + random.NextInt(4)),
            MinChildSamples = 1 + random.NextInt(12),
            MinChildWeight = Sometimes(5),
            L1 = Sometimes(2),
            L2 = Sometimes(5),
            MinSplitGain = Sometimes(3),
            // above 0: without it categories of one class all have the same place in the order in the first round, and rounding would decide
            CatSmooth = 0.1 + Sometimes(15),
            CatL2 = Sometimes(15),
            MaxCatGroups = 1 + random.NextInt(6),
        };
    }

    private static Configuration Of(ExactRules rules) => Fits.Free(
        new BoostingTrainer(),
        ("rounds", rules.Rounds),
        ("learning_rate", rules.LearningRate),
        ("leaves", rules.Leaves),
        ("max_depth", rules.MaxDepth),
        ("min_child_samples", rules.MinChildSamples),
        ("min_child_weight", rules.MinChildWeight),
        ("l1", rules.L1),
        ("l2", rules.L2),
        ("min_split_gain", rules.MinSplitGain),
        ("cat_smooth", rules.CatSmooth),
        ("cat_l2", rules.CatL2),
        ("max_cat_groups", rules.MaxCatGroups));
}
