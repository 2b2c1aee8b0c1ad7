using System.Globalization;
using TuneLab.Analysis.LearningCurves;
using TuneLab.Randomness;

namespace TuneLab.Testing.Curves;

/// <summary>A trial of a real search by its rounds, those of the second half hidden, and what is foreseen of twice as many.</summary>
/// <param name="Name">Run, trainer and number of the trial.</param>
/// <param name="Answer">From the rounds of the first half.</param>
/// <param name="Size">How many rounds were hidden: about twice as many.</param>
/// <param name="Score">What they brought, at the count up to there whose loss is least.</param>
public sealed record HiddenRounds(string Name, LearningCurve Answer, double Size, double Score)
{
    /// <summary>Whether the interval holds it.</summary>
    public bool Held => Score >= Answer.Forecast.Low && Score <= Answer.Forecast.High;

    /// <summary>The interval's width in steps between the last two sizes shown.</summary>
    public double Steps => (Answer.Forecast.High - Answer.Forecast.Low) / Math.Abs(Answer.Points[^1].Score - Answer.Points[^2].Score);

    /// <summary>All that are kept in rounds.csv, which storedruns.py makes: trials whose loss still fell at half of their rounds, as those are for which a curve is fitted.</summary>
    public static IReadOnlyList<HiddenRounds> Load()
        => [.. System.IO.File.ReadLines(RepositoryFile.At("tests/TuneLab.Testing/Curves/rounds.csv")).Skip(1).Select(line => line.Split(','))
            .GroupBy(cells => string.Join(' ', cells[..3])).Select(g => Of(g.Key, g.First()[3], [.. g.Select(cells => (double.Parse(cells[4], CultureInfo.InvariantCulture), Numbers(cells[5])))]))];

    private static HiddenRounds Of(string name, string metric, List<(double Rounds, double[] Scores)> sizes)
    {
        var (shown, hidden) = (sizes[..^1], sizes[^1]);
        var points = FoldScores.Points([.. shown.Select(s => s.Rounds)], [.. shown.Select(s => s.Scores)], 1.0 / (hidden.Scores.Length - 1));
        return new HiddenRounds(name, LearningCurveAnalysis.Run(points, StoredMetric.Of(metric), "rounds", new Seed(1), hidden.Rounds, mayStay: true).Value!, hidden.Rounds, hidden.Scores.Average());
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
}
