using TuneLab.Data;

namespace TuneLab.Training.Packaging;

/// <summary>
/// A model that was read from a file, of TuneLab's or of ML.NET's: what <c>tunelab predict</c> needs of it.
/// <para><b>Contract.</b> Immutable and thread-safe. The predictions of a row depend on that row alone.</para>
/// </summary>
public interface ITablePredictor
{
    /// <summary>The column that it predicts; null where the file does not say.</summary>
    string? Label { get; }

    /// <summary>Reads the columns that it needs from a CSV file, with the types that it needs.</summary>
    /// <exception cref="Errors.InputException">No such file, a column is missing or has values of another type.</exception>
    Dataset Read(string path);

    /// <summary>Predicts all rows, in their order.</summary>
    /// <param name="data">Has the columns that <see cref="Read"/> reads, in any order, among others.</param>
    /// <param name="threads">How many threads it may use; the numbers don't depend on it.</param>
    /// <exception cref="Errors.InputException">A column is missing or has values of another type.</exception>
    TablePredictions PredictTable(Dataset data, int threads = 1);
}

/// <summary>Predictions of a table's rows.</summary>
/// <param name="Columns">Names of the numbers: <c>score</c> (regression, and a binary model of ML.NET's that has no probability), <c>probability</c> of the positive class (binary), or one per class.</param>
/// <param name="Values">[rows x columns], row-major.</param>
/// <param name="PredictionOf">The predicted class of a row; null for regression.</param>
public sealed record TablePredictions(IReadOnlyList<string> Columns, double[] Values, Func<int, string>? PredictionOf);
