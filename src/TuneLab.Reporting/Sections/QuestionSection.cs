using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What was asked, believed and found.</summary>
internal static class QuestionSection
{
    public static ReportSection From(RunRecord record)
    {
        var (plan, verdict) = (record.Start.Plan, record.Result.Verdict);
        string Signed(double effect) => Show.Signed(effect, record.Result.Best.Holdout?.Value ?? record.Result.Best.Confirm?.Mean ?? double.NaN);
        var facts = new List<KeyValuePair<string, string>>();
        if (plan.Plan.Question is { } question)
        {
            facts.Add(new("Question", question));
        }

        if (plan.Plan.Hypothesis is { } hypothesis)
        {
            facts.Add(new("Hypothesis", hypothesis));
        }

        facts.Add(new("Expected", Explain.Expectation(plan) + "."));
        facts.Add(new("Effect", double.IsNaN(verdict.Effect)
            ? Show.Nothing + (record.Start.Table is null ? " (there are too few repeats to measure it on)" : " (there is no holdout score to measure it on)")
            : $"{Signed(verdict.Effect)}, one-sided 95 % bounds {Signed(verdict.Low)} and {Signed(verdict.High)}; p = {Show.Short(verdict.P)} that it is at most {Show.Short(verdict.By)}"));
        List<ReportBlock> blocks = [new FactsBlock(facts)];
        if (Explain.Tests(verdict, plan.Metric, plan.Plan.Expect) is { Count: > 0 } tests)
        {
            blocks.Add(new ParagraphBlock("Beside it, deciding nothing:"));
            blocks.Add(new ListBlock(tests));
        }

        if (!record.Result.Complete)
        {
            blocks.Add(new ParagraphBlock("The run was stopped before it ended by its own plan. This is the best so far; the same command goes on from here."));
        }

        return new ReportSection("Question and verdict", blocks);
    }
}
