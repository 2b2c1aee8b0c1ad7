using TuneLab.Experiments.Running;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer.Ensembles;

/// <summary>
/// Keeps the predictions of trials that may become candidates of the ensemble, as soon as they complete: a trial that is none among those that have ended will be none among more. They are kept
/// under the key of the fit with the trial's round count settled, which is where <see cref="OutOfFold"/> looks for them, or trains what is not there. Used by the executor's thread.
/// </summary>
internal sealed class KeptPredictions(ITrialStore store, IEvaluator evaluator, Objective objective)
{
    private IReadOnlyList<FinishedTrial> _candidates = [];

    /// <summary>Takes a trial in.</summary>
    /// <param name="trial">Completed.</param>
    /// <param name="work">What was run.</param>
    /// <param name="predictions">[folds] of the models with the trial's round count.</param>
    public void Offer(FinishedTrial trial, TrialWork work, IReadOnlyList<float[]> predictions)
    {
        if (double.IsNaN(trial.Score))
        {
            return;
        }

        _candidates = EnsembleCandidates.Of(EnsembleCandidates.Ranked([.. _candidates, trial], objective));
        if (_candidates.Contains(trial))
        {
            for (var fold = 0; fold < predictions.Count; fold++)
            {
                store.AddPredictions(evaluator.Keys(new FoldWork(work.Trainer.Trainer, work.Configuration, work.Folds[fold], work.Fidelity.Rows, trial.Rounds))[0], predictions[fold]);
            }
        }
    }
}
