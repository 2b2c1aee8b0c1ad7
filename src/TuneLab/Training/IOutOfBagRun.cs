namespace TuneLab.Training;

/// <summary>
/// What a run may also be whose model averages parts that were each fitted on some of the rows: it can say what it predicts for its own training rows by the parts that
/// did not see them (Breiman 1996), an honest estimate without a validation row. Where rows of one group or neighbours in time resemble each other it is too
/// good, since a part that did not see a row may have seen its likes.
/// <para><b>Contract.</b> As for <see cref="ITrainingRun"/>. Asked between rounds or at the end, before <see cref="ITrainingRun.Complete"/>; asking changes nothing of the model, and asking again costs
/// only the new rounds. The answer is a pure function of the request and the rounds done, never of threads, steps or earlier questions.</para>
/// </summary>
public interface IOutOfBagRun : ITrainingRun
{
    /// <summary>The out-of-bag predictions of the model so far; null where the configuration gives every part all rows, so that there can't be any.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the run may then only be disposed.</exception>
    OutOfBagPredictions? OutOfBag(CancellationToken cancellation);
}

/// <summary>Predictions of training rows by the parts of a model that did not see them. The arrays are the caller's.</summary>
/// <param name="Rows">The rows of the fold's table that some part did not see, ascending; none before the first round.</param>
/// <param name="Values">[rows x outputs], row-major, as in <see cref="Metrics.Predictions.Values"/>: the mean over those parts.</param>
public sealed record OutOfBagPredictions(int[] Rows, double[] Values);
