using System.Globalization;
using TuneLab.Analysis.LearningCurves;
using TuneLab.Benchmarks.Learners;
using TuneLab.Errors;
using TuneLab.Randomness;
using TuneLab.Testing.Curves;

namespace TuneLab.Benchmarks.Curves;

/// <summary>
/// Learning curves of real tables with the last point hidden: how often the interval of twice the rows shown holds it, and how wide it is beside the last step shown. <c>make</c> measures the curves anew.
/// </summary>
internal static class CurvesBenchmark
{
    private const string Usual = "titanic digits wine_quality telco_churn higgs_7k lgbm_multiclass bike_sharing covtype_20k california_housing adult";
    private const double LeastHeld = 0.85;
    private const double MostSteps = 3;

    /// <summary>Looks at the curves of the tables named, else of all that are kept; after <c>make</c> a number is how many seeds. <value>2 seeds</value></summary>
    /// <exception cref="InputException">To be made: the tables are not there, or not one of that name.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        var make = args.FirstOrDefault() == "make";
        var (numbers, tables) = TableArguments.Read(make ? args[1..] : args, make ? Usual.Split(' ') : []);
        if (make)
        {
            CurvesMaker.Run(numbers.Count > 0 ? numbers[0] : 2, tables, output);
            return;
        }

        output.WriteLine("| table, trainer, seed | metric | shown | form | hidden | interval | held | width in last steps |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        List<HiddenPoint> hidden = [.. MeasuredCurve.Load().Where(c => tables.Count == 0 || tables.Contains(c.Table)).Select(HiddenPoint.Of)];
        foreach (var point in hidden)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {point.Curve.Table}, {point.Curve.Trainer}, {point.Curve.Seed} | {point.Curve.Metric.Id} | {string.Join(' ', point.Answer.Points.Select(p => p.Score.ToString("G5", CultureInfo.InvariantCulture)))} | {(point.Answer.Flat ? "flat" : point.Answer.Fit.Form.ToString().ToLowerInvariant())} | {point.Score:G5} | {point.Answer.Forecast.Low:G5} to {point.Answer.Forecast.High:G5} | {(point.Held ? "yes" : "no")} | {point.Steps:0.00} |"));
        }

        foreach (var group in hidden.GroupBy(p => p.Curve.Trainer).Append(hidden.GroupBy(_ => "all").First()))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{group.Key}: the {100 * LearningCurveAnalysis.Level:0} % interval holds {group.Count(p => p.Held)} of {group.Count()} ({group.Count(p => p.Held) / (double)group.Count():0.00}; bound {LeastHeld}), median width {Statistics.Median(group.Select(p => p.Steps)):0.00} last steps (bound {MostSteps})"));
        }

        if (tables.Count == 0)
        {
            Rounds(output);
            Time(output);
        }
    }

    private static void Rounds(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("| run, trainer, trial | rounds shown | scores shown | hidden | interval | held | width in last steps |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        var hidden = HiddenRounds.Load();
        foreach (var point in hidden)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {point.Name} | {point.Answer.Points[^1].Size} of {point.Size} | {string.Join(' ', point.Answer.Points.Select(p => p.Score.ToString("G5", CultureInfo.InvariantCulture)))} | {point.Score:G5} | {point.Answer.Forecast.Low:G5} to {point.Answer.Forecast.High:G5} | {(point.Held ? "yes" : "no")} | {point.Steps:0.00} |"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"rounds: the {100 * LearningCurveAnalysis.Level:0} % interval holds {hidden.Count(p => p.Held)} of {hidden.Count} ({hidden.Count(p => p.Held) / (double)hidden.Count:0.00}; bound {LeastHeld}), median width {Statistics.Median(hidden.Select(p => p.Steps)):0.00} last steps (bound {MostSteps})"));
    }

    private static void Time(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("| run | metric | trials shown | best | best of twice as many | foreseen | interval | held |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        var hidden = HiddenHalf.Load();
        foreach (var half in hidden)
        {
            var outlook = half.Outlook;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {half.Run} | {half.Metric.Id} | {outlook.Trials} | {outlook.Best:G5} | {half.Then:G5} | {outlook.Value:G5} | {outlook.Low:G5} to {outlook.High:G5} | {(half.Held ? "yes" : "no")} |"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"time: the {100 * LearningCurveAnalysis.Level:0} % interval holds {hidden.Count(h => h.Held)} of {hidden.Count} ({hidden.Count(h => h.Held) / (double)hidden.Count:0.00}; bound {LeastHeld}); better than the middle {hidden.Count(h => h.AboveMiddle)}; anything better was found in {hidden.Count(h => h.Better)}, foreseen {hidden.Sum(h => h.Outlook.Chance):0.0}"));
    }
}
