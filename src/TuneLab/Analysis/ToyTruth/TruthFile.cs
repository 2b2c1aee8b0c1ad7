using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Metrics;

namespace TuneLab.Analysis.ToyTruth;

/// <summary>Reads what <c>tunelab sample</c> writes beside a toy table: per row what its label was drawn around.</summary>
public static class TruthFile
{
    private const string Extension = ".truth.csv";

    /// <summary>The labels of a table with their truth as predictions.</summary>
    /// <param name="table">The toy table with its roles.</param>
    /// <param name="dataFile">Its file; the truth lies beside it, under the same name with <c>.truth.csv</c>.</param>
    /// <exception cref="InputException">There is no such file, or it is of another table.</exception>
    public static Predictions Read(TaskTable table, string dataFile)
    {
        var path = Path.ChangeExtension(dataFile, null) + Extension;
        if (!File.Exists(path))
        {
            throw new InputException($"There is no truth beside '{Path.GetFileName(dataFile)}': {Path.GetFileName(path)} is not there.", "The objective is checked on toy data: tunelab sample NAME writes a table with its truth.");
        }

        var truth = CsvDatasetReader.Read(path);
        if (truth.RowCount != table.RowCount)
        {
            throw new InputException($"'{Path.GetFileName(path)}' has {truth.RowCount} rows, the table {table.RowCount} with a label.", "Make both anew: tunelab sample NAME --force.");
        }

        double[][] columns = table.Task switch
        {
            LearningTask.Multiclass => [.. table.Classes.Select(c => Numbers(truth, c))],
            LearningTask.Binary => [Positive(table, Numbers(truth, "probability"))],
            _ => [Numbers(truth, "expectation")],
        };
        var values = new double[table.RowCount * columns.Length];
        for (var i = 0; i < table.RowCount; i++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                values[(i * columns.Length) + c] = columns[c][i];
            }
        }

        return new Predictions(table.Task, table.Target, values, columns.Length);
    }

    // the file has the probability of the class that sorts last
    private static double[] Positive(TaskTable table, double[] probability)
        => string.CompareOrdinal(table.Classes[1], table.Classes[0]) > 0 ? probability : Array.ConvertAll(probability, p => 1 - p);

    private static double[] Numbers(Dataset truth, string column)
        => truth[column] is NumberColumn numbers ? numbers.Values : throw new InputException($"{truth.Source}: the column '{column}' is not one of numbers.", "Make it anew: tunelab sample NAME --force.");
}
