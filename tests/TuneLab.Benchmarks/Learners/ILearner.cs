namespace TuneLab.Benchmarks.Learners;

/// <summary>One side of a comparison: a learner with its hyperparameters. Used by one thread; nothing of it runs between calls.</summary>
internal interface ILearner
{
    /// <summary>What it is called in reports and in the log.</summary>
    string Name { get; }

    /// <summary>Fits on the training rows, from the numbers in memory to a model that can predict.</summary>
    /// <param name="part">The rows.</param>
    /// <param name="threads">How many threads may be used.</param>
    Measured Fit(TablePart part, int threads);

    /// <summary>Predicts the validation rows with the model of the last <see cref="Fit"/>.</summary>
    /// <param name="part">The part that it was fitted on.</param>
    /// <param name="threads">How many threads may be used, where there is a choice.</param>
    PredictTimes Predict(TablePart part, int threads);

    /// <summary>Fits on the training rows and predicts the validation rows after some numbers of rounds, all out of one fit.</summary>
    /// <param name="part">The rows.</param>
    /// <param name="stages">Rounds, ascending; the last one is the fit's.</param>
    /// <returns>[stages]: [validation rows x outputs], row-major.</returns>
    double[][] Stages(TablePart part, IReadOnlyList<int> stages);
}
