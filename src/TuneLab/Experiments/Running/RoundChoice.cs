using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>Reads one round count per trial from the fold-averaged curve of the task's loss, never of the objective: no fold picks the count that flatters it.</summary>
internal static class RoundChoice
{
    /// <summary>The rounds of the best checkpoint among those that every fold reached; ties go to fewer rounds.</summary>
    /// <param name="folds">The evaluations of one trial; their checkpoints follow one grid, which some may have taken in longer steps: between two of its own a fold counts as it was at the last one.</param>
    public static int Rounds(IReadOnlyList<Evaluation> folds)
    {
        // a fold that had nothing left to learn is as good at every later checkpoint
        var common = folds.Where(f => f.Stopped != Evaluation.NothingLeft).Select(f => f.Rounds[^1]).DefaultIfEmpty(int.MaxValue).Min();
        int[] grid = [.. folds.SelectMany(f => f.Rounds).Distinct().Order()];
        var (best, bestLoss) = (grid[0], double.PositiveInfinity);
        foreach (var rounds in grid.TakeWhile(r => r <= common))
        {
            double sum = 0, weight = 0;
            foreach (var fold in folds)
            {
                sum += fold.Losses[Checkpoint(fold, rounds)] * fold.ValidRows;
                weight += fold.ValidRows;
            }

            if (sum / weight < bestLoss)
            {
                (best, bestLoss) = (rounds, sum / weight);
            }
        }

        return best;
    }

    /// <summary>The index of a fold's last checkpoint at or before that many rounds.</summary>
    public static int Checkpoint(Evaluation fold, int rounds)
    {
        var index = Array.BinarySearch(fold.Rounds, rounds);
        return Math.Max(0, index >= 0 ? index : ~index - 1);
    }
}
