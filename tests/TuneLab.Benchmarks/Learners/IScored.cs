namespace TuneLab.Benchmarks.Learners;

/// <summary>One side of a comparison of accuracy.</summary>
internal interface IScored
{
    /// <summary>What it is called in reports and in the log.</summary>
    string Name { get; }

    /// <summary>Fits on the training rows and predicts the validation rows after some numbers of rounds, all out of one fit.</summary>
    /// <param name="part">The rows.</param>
    /// <param name="stages">Rounds, ascending; the last one is the fit's.</param>
    /// <returns>[stages]: [validation rows x outputs], row-major.</returns>
    double[][] Predict(TablePart part, IReadOnlyList<int> stages);
}
