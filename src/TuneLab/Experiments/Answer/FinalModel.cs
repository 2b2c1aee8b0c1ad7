using TuneLab.Data.Encoding;
using TuneLab.Metrics;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Experiments.Answer;

/// <summary>A configuration refitted for good.</summary>
/// <param name="Trial">Where it comes from.</param>
/// <param name="Evaluation">Its scores on the holdout (NaN without one).</param>
/// <param name="Holdout">Its predictions of the holdout; null without one.</param>
/// <param name="Model">The fitted model with its encoding; null when only its predictions were needed and they were stored.</param>
/// <param name="OutOfBag">Its out-of-bag score on the training rows; null without a model or where the model has none.</param>
internal sealed record FinalModel(FinishedTrial Trial, Evaluation Evaluation, Predictions? Holdout, (ITrainedModel Model, FeatureEncoding Encoding)? Model, OutOfBagScore? OutOfBag);
