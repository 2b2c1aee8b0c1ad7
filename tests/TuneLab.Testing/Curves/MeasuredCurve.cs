using System.Globalization;
using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Testing.Curves;

/// <summary>
/// Scores of one trainer's default configuration on a real table by how many rows it learned from, each size twice the one before. Made by <c>TuneLab.Benchmarks -- curves make</c> and kept in the file beside this one. Immutable.
/// </summary>
/// <param name="Table">The table's name in index.json of the shared data.</param>
/// <param name="Trainer">The trainer's id.</param>
/// <param name="Seed">The seed of folds, samples and trainer.</param>
/// <param name="Metric">What was measured: the task's usual metric.</param>
/// <param name="Sizes">[sizes] the mean number of training rows, ascending.</param>
/// <param name="Scores">[sizes][folds] on the whole validation part of each fold.</param>
public sealed record MeasuredCurve(string Table, string Trainer, int Seed, Metric Metric, IReadOnlyList<double> Sizes, IReadOnlyList<double[]> Scores)
{
    /// <summary>Where they are kept: a line for each size, <c>table,trainer,seed,task,metric,rows,scores...</c>.</summary>
    public static string File => RepositoryFile.At("tests/TuneLab.Testing/Curves/curves.csv");

    /// <summary>All that are kept, in the order in which they were made.</summary>
    public static IReadOnlyList<MeasuredCurve> Load()
        => [.. System.IO.File.ReadLines(File).Skip(1).Select(line => line.Split(','))
            .GroupBy(cells => string.Join(',', cells[..5]))
            .Select(g => (First: g.First(), Lines: g.ToList()))
            .Select(g => new MeasuredCurve(
                g.First[0],
                g.First[1],
                int.Parse(g.First[2], CultureInfo.InvariantCulture),
                MetricCatalog.Get(g.First[4], Enum.Parse<LearningTask>(g.First[3])),
                [.. g.Lines.Select(cells => Number(cells[5]))],
                [.. g.Lines.Select(cells => cells[6..].Select(Number).ToArray())]))];

    /// <summary>Its lines of the file.</summary>
    public IEnumerable<string> Lines()
        => Sizes.Zip(Scores, (size, scores) => string.Join(',', [Table, Trainer, Seed.ToString(CultureInfo.InvariantCulture), Metric.Task.ToString(), Metric.Id, Text(size), .. scores.Select(Text)]));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("G9", CultureInfo.InvariantCulture);
}
