using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>What a finished trial tells about cost.</summary>
/// <param name="Trial">It.</param>
/// <param name="FoldSeconds">Mean seconds of learning and scoring of a fold that was trained as far as its fidelity lets it; NaN where there is none.</param>
/// <param name="Settled">The part of the rounds that were run which the settled count is, in (0, 1]: what confirm and the refits train again.</param>
/// <param name="Work">Seconds that were computed for it, on one job each: without folds from the cache and the rounds of a paused run that it went on from.</param>
internal sealed record TrialCost(FinishedTrial Trial, double FoldSeconds, double Settled, double Work)
{
    /// <summary>The trainer's id.</summary>
    public string Trainer => Trial.Configuration.Trainer;

    /// <summary>Whether it tells what a whole fold takes.</summary>
    public bool IsMeasured => FoldSeconds > 0;
}
