using System.Text;
using System.Xml.Linq;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Reporting.Html;
using TuneLab.Reporting.Markdown;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Terminal;
using TuneLab.Testing;
using TuneLab.Testing.Training;

namespace TuneLab.Reporting.Tests;

public class ViewTests
{
    private const string Folder = "tests/TuneLab.Reporting.Tests/Golden/";

    [Fact]
    public void ConsoleReport_FinishedRun_MatchesGolden() => Golden.Matches(Folder + "finished.txt", Text(w => ConsoleReport.Write(SampleRun.Finished(), w)));

    [Fact]
    public void ConsoleReport_StoppedRun_MatchesGolden() => Golden.Matches(Folder + "stopped.txt", Text(w => ConsoleReport.Write(SampleRun.Stopped(), w)));

    [Fact]
    public void ConsoleReport_RunWithEnsemble_MatchesGolden() => Golden.Matches(Folder + "ensemble.txt", Text(w => ConsoleReport.Write(SampleRun.WithEnsemble(), w)));

    [Fact]
    public void Markdown_RunWithEnsemble_MatchesGolden() => Golden.Matches(Folder + "ensemble.md", Chapter(Written(new MarkdownReportWriter(), SampleRun.WithEnsemble())));

    [Fact]
    public void Html_RunWithEnsemble_HasTheChapterOfMarkdown()
    {
        var page = Page(SampleRun.WithEnsemble());
        Assert.Equal(["Winner against baseline", "Ensemble beside the winner", "Best configuration"], page.Descendants("h2").Select(h => h.Value).Skip(1).Take(3));
        Assert.Contains("0.8702 [0.8411, 0.8982]", page.Root!.Value);
    }

    [Fact]
    public void Views_EnsembleLeftOut_SayWhy()
    {
        var run = SampleRun.WithEnsemble();
        run = run with { Result = run.Result with { Ensemble = null, EnsembleLeftOut = "it was not ready when the time budget was used up" } };
        string[] views = [Text(w => ConsoleReport.Write(run, w)), Written(new MarkdownReportWriter(), run), Written(new HtmlReportWriter(), run)];
        Assert.All(views, view => Assert.Contains("No ensemble: it was not ready when the time budget was used up.", view, StringComparison.Ordinal));
    }

    [Fact]
    public void PlanSummary_WithEnsemble_SaysSo()
        => Assert.Contains("\n  ensemble  of good trials, at the end, beside the winner\n", Text(w => PlanSummary.Write(SampleRun.WithEnsemble().Start, w)), StringComparison.Ordinal);

    [Fact]
    public void Views_WinnerWithOutOfBagScore_SayItOnce()
    {
        var run = SampleRun.Finished();
        run = run with { Result = run.Result with { Best = run.Result.Best with { OutOfBag = new OutOfBagScore("auc", 0.86127, 5634) } } };
        string[] views = [Text(w => ConsoleReport.Write(run, w)), Written(new MarkdownReportWriter(), run), Written(new HtmlReportWriter(), run)];
        Assert.All(views, view => Assert.Single(string.Join(" ", view.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Split("Out of bag, the final model has auc 0.8613 on 5,634 training rows, each predicted by the trees that did not draw it.").Skip(1)));
    }

    [Fact]
    public void StripPlot_ManyRows_SaysTheBestInWords()
    {
        var run = SampleRun.Finished();
        run = run with { Trials = [.. run.Trials.Select(t => t with { Stage = $"stage{t.Number / 3}" })] };

        var words = Assert.IsType<FigureBlock>(StripPlot.Draw(run)).Alternative;

        Assert.Matches("^Best and median auc \\(more is better\\) of the 12 best of [0-9]+ rows: stage14, boosting \\(3.trials\\) 0\\.8818 and ", words);
        Assert.Equal(12, words.Split("; ").Length);
    }

    [Fact]
    public void HistoryPlot_TrainerWithoutADot_IsNotInTheLegend()
    {
        var run = SampleRun.Finished();
        Assert.Contains(">linear</text>", Assert.IsType<FigureBlock>(HistoryPlot.Draw(run)).Svg, StringComparison.Ordinal);
        run = run with { Trials = [.. run.Trials.Where(t => t.Configuration.Trainer == "boosting")] };
        Assert.DoesNotContain(">linear</text>", Assert.IsType<FigureBlock>(HistoryPlot.Draw(run)).Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void PlanSummary_ResolvedPlan_MatchesGolden() => Golden.Matches(Folder + "plan.txt", Text(w => PlanSummary.Write(SampleRun.Finished().Start, w)));

    [Fact]
    public void PlanSummary_ResumedWithEveryLimit_MatchesGolden()
    {
        var start = SampleRun.Stopped().Start;
        var budget = new BudgetPlan { Time = TimeSpan.FromMinutes(125), Trials = 1, Target = 0.9, Patience = 10, Deadline = new TimeOnly(7, 30), MemoryBytes = 2L << 30, TrialTime = TimeSpan.FromSeconds(30), TrialMemoryBytes = 1L << 30 };
        var plan = start.Plan.Plan with { Budget = budget, Question = null, Expect = new Expectation { Beats = "linear", By = 0.05, Relative = true, Metric = "prauc" } };

        Golden.Matches(Folder + "plan-limits.txt", Text(w => PlanSummary.Write(start with { Plan = start.Plan with { Plan = plan, StagesAreAuto = false } }, w)));
    }

    [Fact]
    public void PlanSummary_MonotoneColumns_NamesThemAndWhoIsLeftOut()
    {
        var start = SampleRun.Finished().Start;
        var roles = start.Table!.Roles with { Monotone = new Dictionary<string, MonotoneDirection> { ["income"] = MonotoneDirection.Increasing, ["age"] = MonotoneDirection.Decreasing } };
        var table = start.Table with { Roles = roles };

        var text = Text(w => PlanSummary.Write(start with { Table = table, Plan = start.Plan with { LeftOut = ["forest", "linear"] } }, w));

        Assert.Contains("\n  monotone  age decreasing, income increasing\n  left out  forest, linear: can't keep a monotone direction\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void PlanSummary_WeightedRows_NamesWhoLearnsWithoutThem()
    {
        var start = SampleRun.Finished().Start;
        var table = start.Table! with { Roles = start.Table.Roles with { Weight = "people" } };
        var boosting = start.Plan.Trainers[0];
        var other = boosting with { Trainer = new SampleTrainer("gam", boosting.Space, boosting.Default, rowWeights: false) };

        Assert.Contains("\n  weights   people\n", Text(w => PlanSummary.Write(start with { Table = table }, w)), StringComparison.Ordinal);
        Assert.Contains("\n  weights   people: scores go by it; not the learning of gam\n", Text(w => PlanSummary.Write(start with { Table = table, Plan = start.Plan with { Trainers = [boosting, other] } }, w)), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_FinishedRun_MatchesGolden() => Golden.Matches(Folder + "finished.md", Written(new MarkdownReportWriter(), SampleRun.Finished()));

    [Fact]
    public void Markdown_StoppedRun_MatchesGolden() => Golden.Matches(Folder + "stopped.md", Written(new MarkdownReportWriter(), SampleRun.Stopped()));

    [Fact]
    public void Markdown_HostileTexts_StayInTheirPlaces()
    {
        var text = Written(new MarkdownReportWriter(), SampleRun.Hostile());

        Assert.DoesNotContain("<script", text.Replace("\\<script", "", StringComparison.Ordinal));
        Assert.Single(text.Split('\n'), l => l.StartsWith("# ", StringComparison.Ordinal));
        Assert.All(Tables(text), rows => Assert.Single(rows.Select(Cells).Distinct()));
    }

    [Fact]
    public void Html_FinishedRun_MatchesGolden() => Golden.Matches(Folder + "finished.html", Written(new HtmlReportWriter(), SampleRun.Finished()));

    [Fact]
    public void Html_HostileTexts_MakeNoElements()
    {
        var page = Page(SampleRun.Hostile());

        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "img" or "link" or "iframe");
        Assert.Equal(Page(SampleRun.Finished()).Descendants("h2").Select(h => h.Value), page.Descendants("h2").Select(h => h.Value));
        Assert.Contains("</script> & \"|\"", page.Descendants("h1").Single().Value);
    }

    // history, stages, timeline; ROC, precision-recall, calibration, confusion; importance; landscape, three slices, lines and ranges of the hyperparameters
    private const int FiguresOfTheSample = 14;

    [Fact]
    public void Html_AnyRun_NeedsNoNetworkAndHasWordsForEachFigure()
    {
        var html = Written(new HtmlReportWriter(), SampleRun.Finished());
        var figures = Page(SampleRun.Finished()).Descendants().Where(e => e.Name.LocalName == "svg").ToList();

        Assert.DoesNotContain("http", html.Replace("xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", html);
        Assert.Equal(FiguresOfTheSample, figures.Count);
        Assert.All(figures, f => Assert.Contains(' ', (string?)f.Attribute("aria-label") ?? ""));
        Assert.Equal(figures.Count, figures.Select(f => (string?)f.Attribute("aria-label")).Distinct().Count());
    }

    [Fact]
    public void Html_NoTrialHasAScore_SaysSoInsteadOfFigures()
    {
        var run = SampleRun.Finished();
        var text = Page(run with { Trials = [.. run.Trials.Where(t => t.Scores.Length == 0)] }).Root!.Value;

        Assert.Contains("no trial has one", text);
        Assert.Contains("1 failed trial: boosting: 2.1 GB are needed", text);
    }

    [Fact]
    public void SurfacePlot_FromTheKeptValuesAlone_HasLabelledStepsAndWords()
    {
        var run = SampleRun.WithSurface();
        run = run with { Analysis = TuneLab.Experiments.Output.AnalysisJson.Read(TuneLab.Experiments.Output.AnalysisJson.Write(run.Analysis))! };
        var figure = Figure(run, "learning_rate and leaves");

        Assert.Matches("^auc \\(more is better\\) of boosting by learning_rate and leaves, averaged over everything else, as the trees of the importance have it: best at learning_rate 0\\.0[4-9][0-9]* and leaves [12][0-9] \\(0\\.8[67][0-9]+, the trees ± [0-9.e-]+\\), worst at learning_rate 0\\.01 ", figure.Alternative);
        Assert.Matches("The points are [0-9]+ trials; the best, number 4[0-9], has learning_rate 0\\.[0-9]+ and leaves 4[0-9]\\.$", figure.Alternative);
        var svg = XDocument.Parse(figure.Svg);
        var steps = svg.Descendants().Where(e => e.Name.LocalName == "path" && (string?)e.Attribute("class") == "step").ToList();
        var labels = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.InRange(steps.Count, 4, 12);
        Assert.Equal(steps.Count, svg.Descendants().Count(e => e.Name.LocalName == "rect" && (string?)e.Attribute("class") == "step"));
        Assert.All((string[])["0.01", "0.3", "4", "64", "auc", "best"], l => Assert.Contains(l, labels));
    }

    [Fact]
    public void SurfacePlot_OfAnotherSpace_IsTheLandscapeOfTrials()
    {
        var run = SampleRun.WithSurface();
        var hyperparameters = run.Analysis.Hyperparameters.Value!;
        var surface = hyperparameters.Surface! with { Across = hyperparameters.Surface.Across with { Name = "rate" } };
        var renamed = run with { Analysis = run.Analysis with { Hyperparameters = Analysis.Analyzed<Analysis.Importance.HyperparameterImportance>.Of(hyperparameters with { Surface = surface }) } };

        Assert.Contains("cells are the darker the better", Figure(renamed, "learning_rate and leaves").Alternative, StringComparison.Ordinal);
    }

    [Fact]
    public void Growth_RoundsAndTime_AreSaidAndDrawnWithTheirIntervals()
    {
        var run = SampleRun.WithSurface();
        var text = Written(new MarkdownReportWriter(), run);
        Assert.Matches(@"Twice the rounds would bring auc to about 0\.86[0-9]+ \(90 % interval 0\.8[0-9]+ to 0\.8[0-9]+\), ", text);
        Assert.Matches(@"Twice the search time, [0-9]+ trials more like the [0-9]+ so far, would bring the best validation auc from 0\.8[0-9]+ to about 0\.8[0-9]+ \(90 % interval 0\.8[0-9]+ to 0\.[89][0-9]+\); with a chance of [0-9]+ % anything better is found\. The second half of the search ", text);
        var figure = Figure(run, "More rounds");
        Assert.Contains("The mark on the right is what 600 rounds would bring, 0.86", figure.Alternative, StringComparison.Ordinal);
        Assert.Contains("class=\"band\"", figure.Svg, StringComparison.Ordinal);
        Assert.Contains("class=\"curve ahead\"", figure.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Growth_RoundsThatOverfit_AreSaidAndNotForetold()
    {
        var run = SampleRun.WithSurface();
        run = run with { Analysis = run.Analysis with { MoreRounds = Analysis.Analyzed<Analysis.LearningCurves.LearningCurve>.Not("the loss is least after 50 and rises again until 105, so more rounds overfit") } };
        Assert.Contains("More rounds: the loss is least after 50 and rises again until 105, so more rounds overfit.", Written(new MarkdownReportWriter(), run), StringComparison.Ordinal);
        Assert.DoesNotContain("curve ahead", Figure(run, "More rounds").Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_OuterFoldsThatFailed_AreNamed()
    {
        var run = SampleRun.Finished();
        run = run with { Result = run.Result with { Nested = new TuneLab.Experiments.Nested.NestedSummary([new(1, 10, "boosting", 0.8, 0.7, 0.1, 0)], 2) { Failures = [new(2, "All 3 trials failed: out of memory")] } } };
        Assert.Contains("Outer fold 2 of 2 failed: All 3 trials failed: out of memory.", Written(new MarkdownReportWriter(), run), StringComparison.Ordinal);
        var again = TuneLab.Experiments.Output.ResultJson.Read(TuneLab.Experiments.Output.ResultJson.Write(run.Result));
        Assert.Equal(run.Result.Nested!.Failures, again.Nested!.Failures);
        Assert.Equal(run.Result.Nested.Folds, again.Nested.Folds);
    }

    private static FigureBlock Figure(RunRecord run, string title) => RunReport.From(run).Sections.SelectMany(s => s.Blocks).OfType<FigureBlock>().Single(f => f.Title == title);

    private static string Chapter(string markdown) => markdown[markdown.IndexOf("## Winner against", StringComparison.Ordinal)..markdown.IndexOf("## Best configuration", StringComparison.Ordinal)];

    private static XDocument Page(RunRecord record) => XDocument.Parse(Written(new HtmlReportWriter(), record).Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Trim());

    private static string Written(IResultWriter writer, RunRecord record)
    {
        using var stream = new MemoryStream();
        writer.Write(record, stream);
        Assert.True(stream.CanWrite, "The stream is the runner's to close.");
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter();
        write(writer);
        return writer.ToString();
    }

    private static List<List<string>> Tables(string text)
    {
        var tables = new List<List<string>>();
        var before = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith('|'))
            {
                if (!before.StartsWith('|'))
                {
                    tables.Add([]);
                }

                tables[^1].Add(line);
            }

            before = line;
        }

        return tables;
    }

    private static int Cells(string row) => row.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|');
}
