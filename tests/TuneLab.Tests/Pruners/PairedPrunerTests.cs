using TuneLab.Experiments.Running;
using TuneLab.Pruners;
using TuneLab.Randomness;
using TuneLab.Testing.Contracts;

namespace TuneLab.Tests.Pruners;

public sealed class PairedPrunerTests : PrunerContract
{
    // what is hard in a fold, far above what sets trials apart
    private static readonly double[] _hard = [0.5, 3, 1, 2, 0];

    protected override IPruner Make() => new PairedPruner();

    [Fact]
    public void Decide_AsGoodAsTheReferenceOnAnEasyOrAHardFold_GoesOn()
    {
        var finished = Trials(30, 0.1, 0.01);
        Assert.False(Make().Decide(new FoldLosses(99, [0.5 + 0.5], 5), finished).Stop);
        Assert.False(Make().Decide(new FoldLosses(99, [0.5 + 0.5, 3 + 0.5], 5), finished).Stop);
    }

    [Fact]
    public void Decide_WorseByMoreThanTheNoise_StopsAfterOneFold()
    {
        // trial 5 is the one that a fifth of 30 are no worse than; its level is 0.5
        var decision = Make().Decide(new FoldLosses(99, [0.5 + 0.5 + 0.1], 5), Trials(30, 0.1, 0.01));
        Assert.True(decision.Stop);
        Assert.Contains("after 1 of 5 folds worse than trial 5 on the same folds by", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_WorseByLessThanOneFoldsNoise_NeedsMoreFolds()
    {
        // noise of a difference: 0.01 x sqrt 2 of one fold, 0.007 of four
        var finished = Trials(30, 0.1, 0.01);
        double[] losses = [.. finished[5].Losses.Take(4).Select(loss => loss + 0.010)];
        Assert.False(Make().Decide(new FoldLosses(99, losses[..1], 5), finished).Stop);
        Assert.True(Make().Decide(new FoldLosses(99, losses, 5), finished).Stop);
    }

    [Fact]
    public void Decide_PrunedTrialsAmongTheFinished_CountIntoTheBestFifth()
    {
        // of 5 completed the first is the best fifth; with 20 pruned ones behind them, the fifth
        var completed = Trials(5, 0.1, 0.001);
        var pruned = Enumerable.Range(5, 20).Select(i => new FoldLosses(i, [0.5 + 9], 5));
        Assert.True(Make().Decide(new FoldLosses(99, [0.5 + 0.3], 5), completed).Stop);
        Assert.False(Make().Decide(new FoldLosses(99, [0.5 + 0.3], 5), [.. completed, .. pruned]).Stop);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Decide_TrialsLikeTheReference_EndsAboutOneOfSixAtTheFirstFold(int folds)
    {
        var random = new Seed(7).Random();
        var (stopped, all) = (0, 4000);
        for (var i = 0; i < all; i++)
        {
            // equal trials: the reference is the eighth best of 40, by luck, so what is drawn is set against its own level
            FoldLosses[] finished = [.. Enumerable.Range(0, 40).Select(t => new FoldLosses(t, [.. Enumerable.Range(0, folds).Select(_ => random.NextNormal() + (t < 8 ? 0 : 50))], folds))];
            var reference = finished[..8].MaxBy(f => f.Losses.Average())!;
            stopped += Make().Decide(new FoldLosses(99, [reference.Losses[0] + (Math.Sqrt(2) * random.NextNormal())], folds), finished).Stop ? 1 : 0;
        }

        // 15.9 % of a normal distribution lie beyond a deviation; the deviation is estimated
        Assert.InRange(stopped / (double)all, 0.13, 0.21);
    }

    [Fact]
    public void Decide_FewTrialsOrOneFold_GoesOn()
    {
        Assert.False(Make().Decide(new FoldLosses(99, [50], 5), Trials(4, 0.1, 0.01)).Stop);
        Assert.False(Make().Decide(new FoldLosses(99, [50], 1), [.. Trials(30, 0.1, 0.01).Select(t => t with { Losses = [t.Losses[0]], Folds = 1 })]).Stop);
    }

    [Fact]
    public void Decide_FlatAboveGoodTrials_Stops()
    {
        // bests 0.40, 0.41, 0.42 ...: the third is good, 0.44 is as far above it as it is above the best
        var finished = Enumerable.Range(0, 10).Select(i => Falling(i, 0.40 + (0.01 * i), 0.3, 40, 400)).ToList();
        var decision = Make().Decide(Until(Falling(99, 0.46, 0.3, 10, 400), 60), finished);
        Assert.True(decision.Stop);
        Assert.Contains("is worse than 0.44", decision.Reason, StringComparison.Ordinal);
        Assert.False(Make().Decide(Until(Falling(99, 0.43, 0.3, 10, 400), 60), finished).Stop);
    }

    [Fact]
    public void Decide_StillFalling_GoesOn()
    {
        var finished = Enumerable.Range(0, 10).Select(i => Falling(i, 0.40 + (0.01 * i), 0.3, 40, 400)).ToList();
        Assert.False(Make().Decide(Until(Falling(99, 0.30, 0.5, 300, 400), 60), finished).Stop); // 0.71 now, and 0.43 at the end
    }

    [Fact]
    public void Decide_FlatBeforeItBeginsToFall_GoesOn()
    {
        // a path of penalties: nothing is learned at first
        var finished = Enumerable.Range(0, 10).Select(i => Falling(i, 0.40 + (0.01 * i), 0.3, 40, 400)).ToList();
        int[] rounds = [.. Enumerable.Range(1, 15)];
        Assert.False(Make().Decide(new Progress(99, 0, rounds, [.. rounds.Select(_ => 0.69)], 30), finished).Stop);
        Assert.False(Make().Decide(new Progress(99, 0, rounds, [.. rounds.Select(r => 0.69 - (0.001 * r * r))], 30), finished).Stop);
    }

    [Fact]
    public void Decide_ConvexCurveThatEndsNoWorseThanTheGoodOne_IsNeverEnded()
    {
        var random = new Seed(11).Random();
        for (var repeat = 0; repeat < 300; repeat++)
        {
            var most = 20 + random.NextInt(500);
            var finished = Enumerable.Range(0, 12).Select(i => Falling(i, 0.4 + (0.1 * random.NextDouble()), 0.3, 10 + (100 * random.NextDouble()), most)).ToList();
            var good = finished.Select(f => f.Losses.Min()).Order().ElementAt(2);
            var own = Falling(99, 0, 0.5, 1 + (300 * random.NextDouble()), most);
            var down = own.Losses[^1] - good;
            own = own with { Losses = [.. own.Losses.Select(loss => loss - down)] };
            Assert.All(own.Rounds, rounds => Assert.False(Make().Decide(Until(own, rounds), finished).Stop));
        }
    }

    // level + height exp(-rounds / scale), scored as runs are
    private static Progress Falling(int trial, double level, double height, double scale, int most)
    {
        var rounds = CheckpointGrid.UpTo(most);
        return new Progress(trial, 0, rounds, [.. rounds.Select(r => level + (height * Math.Exp(-r / scale)))], most, true);
    }

    private static Progress Until(Progress progress, int rounds)
    {
        var count = progress.Rounds.Count(r => r <= rounds);
        return progress with { Rounds = [.. progress.Rounds.Take(count)], Losses = [.. progress.Losses.Take(count)], Complete = false };
    }

    // levels 0, step, 2 step ...; noise drawn anew for each fold
    private static FoldLosses[] Trials(int count, double step, double noise)
    {
        var random = new Seed(3).Random();
        return [.. Enumerable.Range(0, count).Select(i => new FoldLosses(i, [.. _hard.Select(h => h + (step * i) + (noise * random.NextNormal()))], _hard.Length))];
    }
}
