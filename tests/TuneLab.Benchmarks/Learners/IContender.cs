namespace TuneLab.Benchmarks.Learners;

/// <summary>One side of a comparison of boosting fits. Used by one thread; nothing of it runs between calls.</summary>
internal interface IContender
{
    /// <summary>What its column is called.</summary>
    string Name { get; }

    /// <summary>Fits on all rows of the training part, from the numbers in memory to a model that can predict.</summary>
    Measured Fit(TablePart part, BoostingCase settings);

    /// <summary>Predicts the validation rows with the model of the last <see cref="Fit"/>.</summary>
    /// <param name="part">The part that it was fitted on.</param>
    /// <param name="threads">How many threads may be used, where there is a choice.</param>
    PredictTimes Predict(TablePart part, int threads);
}
