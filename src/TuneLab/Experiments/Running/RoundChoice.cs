using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>Reads one round count per trial from the fold-averaged curve of the task's loss, never of the objective: no fold picks the count that flatters it.</summary>
internal static class RoundChoice
{
    /// <summary>The index of the best checkpoint among those that every fold reached; ties go to fewer rounds.</summary>
    /// <param name="folds">The evaluations of one trial; their checkpoints follow one grid, so they agree up to the shortest.</param>
    public static int Checkpoint(IReadOnlyList<Evaluation> folds)
    {
        var common = folds.Min(f => f.Rounds.Length);
        var (best, bestLoss) = (common - 1, double.PositiveInfinity);
        for (var i = 0; i < common; i++)
        {
            double sum = 0, weight = 0;
            foreach (var fold in folds)
            {
                sum += fold.Losses[i] * fold.ValidRows;
                weight += fold.ValidRows;
            }

            if (sum / weight < bestLoss)
            {
                (best, bestLoss) = (i, sum / weight);
            }
        }

        return best;
    }
}
