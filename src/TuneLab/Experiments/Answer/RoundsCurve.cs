using TuneLab.Analysis;
using TuneLab.Analysis.Holdout;
using TuneLab.Analysis.LearningCurves;
using TuneLab.Experiments.Running;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Experiments.Answer;

/// <summary>A trial's score by its rounds, from its stored evaluations: what was measured, and what twice the rounds would bring.</summary>
/// <param name="folds">The trial's evaluations.</param>
/// <param name="objective">What is looked at.</param>
internal sealed class RoundsCurve(IReadOnlyList<Evaluation> folds, Objective objective)
{
    /// <summary>How often the largest number of rounds is halved for the sizes of the fitted curve: what lies further back is of another form.</summary>
    public const int Halvings = 4;

    // one-sided, for a loss that rises again
    private const double Level = 0.05;

    private readonly int _reached = folds.Count == 0 ? 0 : folds.Min(f => f.Rounds[^1]);

    /// <summary>The mean score by rounds; null where there is no curve.</summary>
    public IReadOnlyList<CurvePoint>? Points()
        => folds.Count == 0 || folds.Min(f => f.Rounds.Length) < 3 ? null : [.. Grid().Select(r => new CurvePoint(r, Scores(r).Average()))];

    /// <summary>What twice the rounds would bring, or why more of them bring nothing or can't be foretold.</summary>
    /// <param name="trainer">Whose rounds they are.</param>
    /// <param name="configuration">The trial's.</param>
    /// <param name="seed">For the interval.</param>
    public Analyzed<LearningCurve> More(TrainerInfo trainer, Configuration configuration, Seed seed)
    {
        if (folds.Count < 2)
        {
            return Analyzed<LearningCurve>.Not("it takes two folds at least to say how sure a curve is");
        }

        var settled = RoundChoice.Rounds(folds);
        var most = folds.Max(f => f.Rounds[^1]);
        if (folds.All(f => f.Stopped == Evaluation.NothingLeft))
        {
            return Not($"nothing is left to learn after {most}, so more rounds change nothing");
        }

        if (trainer.MaxRounds(trainer.Settled(configuration, 2 * most)) != 2 * most)
        {
            return Not($"{trainer.Id} has no more of them than {most}");
        }

        if (settled < _reached)
        {
            return Rises(settled) ? Not($"the loss is least after {settled} and rises again until {_reached}, so more rounds overfit")
                : Not($"the loss is least after {settled} and no lower until {_reached}, so more rounds bring nothing that shows");
        }

        int[] sizes = [.. Sizes([.. Grid()])];
        var scores = sizes.Select(Scores).ToList();
        return sizes.Length < LearningCurveAnalysis.FewestSizes ? Not($"a curve needs scores at {LearningCurveAnalysis.FewestSizes} numbers of rounds, each about twice the one before, and there are {sizes.Length}")
            : scores.Exists(s => s.Any(double.IsNaN)) ? Not($"{objective.Id} is not defined on every fold after fewer rounds")
            : LearningCurveAnalysis.Run(FoldScores.Points([.. sizes.Select(r => (double)r)], scores, Ratio), objective, "rounds", seed, mayStay: true);
    }

    /// <summary>The rounds of a grid nearest to the last of them, a half, a quarter ... of it; ascending.</summary>
    internal static IEnumerable<int> Sizes(IReadOnlyList<int> grid)
        => Enumerable.Range(0, Halvings + 1).Select(k => grid[^1] / Math.Pow(2, k)).Where(size => size >= 1).Select(size => grid.MinBy(r => Math.Abs(r - size))).Distinct().Order();

    // for each fold where it was scored; one that had nothing left to learn stays as it was
    private IEnumerable<int> Grid() => folds[0].Rounds.Where(r => r <= _reached);

    private double[] Scores(int rounds) => [.. folds.Select(f => f.Score(objective.Id, RoundChoice.Checkpoint(f, rounds)))];

    private double Ratio => folds.Average(f => f.TrainRows) is > 0 and var train ? folds.Average(f => f.ValidRows) / train : 0;

    private bool Rises(int settled)
        => CorrectedResampledTTest.Run([.. folds.Select(f => f.Losses[RoundChoice.Checkpoint(f, _reached)] - f.Losses[RoundChoice.Checkpoint(f, settled)])], Ratio) is { P: < Level };

    private static Analyzed<LearningCurve> Not(FormattableString because) => Analyzed<LearningCurve>.Not(FormattableString.Invariant(because));
}
