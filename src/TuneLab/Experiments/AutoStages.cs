using TuneLab.Samplers.Staged;

namespace TuneLab.Experiments;

/// <summary>
/// Makes the stages of a plan that names none, from the table's size and the budget: coarse random search on a sample large enough to rank, refinement on a larger one, polish
/// on all rows, confirmation. Fewer than eight trials besides the defaults are not parted: they are one random search on all rows. The coarse search of a large table begins with starting points. Where time is what limits and rows are many, the coarse search scores on one fold, learns from its own trials (<c>tpe</c>, which opens evenly), has little of the time, and what leads after each third of it is run on everything; then a Gaussian process refines, on all rows too unless they are very many for the time, so that something good is had early. A pure function of its arguments.
/// </summary>
internal static class AutoStages
{
    // below this many rows a sample ranks configurations badly and saves little
    private const double RowsThatRank = 5000;

    // starting points were chosen on tables of 5,000 rows and more, of which a fold trains on two thirds; on smaller ones they are no better than chance
    private const int RowsForStarts = 3200;
    private const int MostStarts = 4;

    // trees on so many rows a second, of all folds together, leave time for three or four full trials in a pass of refine: with more a sample serves better
    private const double MostRowsASecond = 4000;

    // of fewer a pass of refine would have one, which is nothing to go by
    private const int FewestForStages = 8;

    // a pass with fewer has little room besides what the sample ranked best
    private const int FewestForPasses = 4;

    /// <summary>The stages.</summary>
    /// <param name="trainingRows">Rows that a fold trains on.</param>
    /// <param name="trainers">How many trainers are searched; their defaults count into the budget.</param>
    /// <param name="trials">The budget in trials, or null when time limits.</param>
    /// <param name="seconds">The budget in seconds, infinite where only a deadline limits it; not looked at where there is one in trials.</param>
    /// <param name="folds">How many folds a trial is scored on.</param>
    public static IReadOnlyList<StagePlan> For(int trainingRows, int trainers, int? trials, double seconds, int folds)
    {
        var coarseRows = RowsThatRank / Math.Max(1, trainingRows);
        coarseRows = coarseRows > 0.6 ? 1 : Math.Max(0.05, Math.Round(coarseRows, 2));
        var refineRows = coarseRows == 1 ? 1 : Math.Round(Math.Sqrt(coarseRows), 2);

        var starts = trainingRows < RowsForStarts ? 0 : MostStarts;
        if (trials is null && coarseRows < 1 && folds > 1)
        {
            return Early(coarseRows, (double)trainingRows * folds > MostRowsASecond * seconds ? refineRows : 1, starts);
        }

        if (trials - trainers is > 0 and < FewestForStages and var few)
        {
            return [new() { Name = "coarse", Sampler = "random", Trials = few, Starts = Math.Min(starts, few / (3 * trainers)) }, new() { Name = "confirm" }];
        }

        int? coarse = null, refine = null, polish = null;
        if (trials is { } total)
        {
            var left = Math.Max(0, total - trainers);
            (coarse, refine, polish) = (StageShares.Of(left, 1), StageShares.Of(left, 2), StageShares.Of(left, StageShares.Polish)); // refine: per pass, two passes
        }

        var passes = refine < FewestForPasses ? 1 : 2;

        var stages = new List<StagePlan>
        {
            new() { Name = "coarse", Sampler = "random", Trials = coarse, Rows = coarseRows, Starts = Math.Min(starts, coarse / (3 * trainers) ?? starts) },
            new() { Name = "refine", Sampler = "sobol", Trials = refine * 2 / passes, Passes = passes, Rows = refineRows },
            new() { Name = "polish", Sampler = "gp", Trials = polish },
        };
        stages.RemoveAll(s => s.Trials == 0);
        stages.Add(new StagePlan { Name = "confirm" });
        return stages;
    }

    // Coarse trials on one fold of a sample are so cheap that an eighth of the time is enough for many, and a third of that for a first choice.
    private static StagePlan[] Early(double coarseRows, double refineRows, int starts) =>
    [
        new() { Name = "coarse", Sampler = "tpe", Rows = coarseRows, Folds = 1, Passes = 3, Share = 0.12, Starts = starts },
        new() { Name = "refine", Sampler = "gp", Rows = refineRows, Passes = 2, Share = 0.39 },
        new() { Name = "polish", Sampler = "gp", Share = 0.39 },
        new() { Name = "confirm" },
    ];
}
