using TuneLab.Errors;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>
/// Draws the answer from what confirm found.
/// <para><b>Contract.</b> Called once by the session, after confirm. Every look at a holdout is counted in the store.</para>
/// </summary>
internal interface IConclusion
{
    /// <summary>Seconds and evaluations of what it computed itself.</summary>
    (double Fit, double Score, int Computed, int Cached) Used { get; }

    /// <summary>How many models this holdout has scored over all experiments; 0 without a holdout.</summary>
    int Looks { get; }

    /// <summary>Draws it.</summary>
    /// <param name="finalists">In the order of their validation scores, the baseline among them.</param>
    /// <param name="baseline">The best default.</param>
    /// <param name="limit">Ends what it computes.</param>
    /// <exception cref="WorkFailedException">That did not end within the limit.</exception>
    Answered Draw(IReadOnlyList<Finalist> finalists, FinishedTrial baseline, CancellationToken limit);
}
