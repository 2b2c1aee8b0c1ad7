using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;

namespace TuneLab.Tests.Samplers;

public class StagedAskTellTests
{
    private static readonly SearchSpace Plane = new(new FloatParameter("x", -5, 10), new FloatParameter("rate", 1e-4, 1, Scale.Log), new ChoiceParameter("kind", "a", "b", "c"));

    private static StagedLearner On(string name) => new(Plane, new Configuration(name, [new("x", -4.0), new("rate", 1e-3), new("kind", "c")]));

    private static double Bowl(Configuration c) => Math.Pow(c.Number("x", 0) - 3, 2) + Math.Pow(Math.Log10(c.Number("rate", 1)) + 2, 2) + (c.Values["kind"].Name == "b" ? 0 : 1);

    [Fact]
    public void Ask_TheFirstOnes_AreTheStarts()
    {
        var search = new StagedAskTell([On("one"), On("two")], true, new Seed(1), trials: 20);
        Assert.Equal("defaults", search.Stage);
        foreach (var name in (string[])["one", "two"])
        {
            var proposal = search.Ask()!;
            Assert.Equal(On(name).Start, proposal.Configuration);
            search.Tell(proposal.Number, 1);
        }

        search.Ask();
        Assert.Equal("coarse", search.Stage);
    }

    [Fact]
    public void Ask_WithABudgetInTrials_AsksForSoMany()
    {
        for (var trials = 1; trials < 40; trials++)
        {
            var asked = Run(new StagedAskTell([On("one"), On("two"), On("three")], true, new Seed(3), trials), Bowl).Count;
            Assert.Equal(trials, asked);
        }
    }

    [Fact]
    public void Ask_SameSeedAndScores_ProposesTheSame()
    {
        var first = Run(new StagedAskTell([On("one"), On("two")], true, new Seed(5), 60), Bowl);
        Assert.Equal(first, Run(new StagedAskTell([On("one"), On("two")], true, new Seed(5), 60), Bowl));
        Assert.NotEqual(first, Run(new StagedAskTell([On("one"), On("two")], true, new Seed(6), 60), Bowl));
    }

    [Fact]
    public void Ask_OnABowl_ComesFiveTimesCloserThanRandomSearch()
    {
        // medians over seeds, of 80 trials each
        double Median(Func<ulong, double> best) => Enumerable.Range(0, 21).Select(s => best((ulong)s)).Order().ElementAt(10);
        var staged = Median(s =>
        {
            var search = new StagedAskTell([On("one")], true, new Seed(s), 80);
            Run(search, Bowl);
            return search.Best!.Score;
        });
        var random = Median(s =>
        {
            var search = new AskTell(Plane, SamplerCatalog.Get("random"), true, new Seed(s), 80);
            while (search.Ask() is { } proposal)
            {
                search.Tell(proposal.Number, Bowl(proposal.Configuration));
            }

            return search.Best!.Score;
        });
        Assert.True(staged < random / 5, $"staged {staged}, random {random}");
    }

    [Fact]
    public void Ask_OneLearnerIsHopeless_TheOtherGetsTheBudget()
    {
        var asked = Run(new StagedAskTell([On("good"), On("bad")], true, new Seed(8), 100), c => Bowl(c) + (c.Trainer == "bad" ? 1000 : 0));
        Assert.True(asked.Count(c => c.StartsWith("good", StringComparison.Ordinal)) > 80, $"{asked.Count(c => c.StartsWith("good", StringComparison.Ordinal))} of 100");
        Assert.Contains(asked.Skip(2), c => c.StartsWith("bad", StringComparison.Ordinal));
    }

    [Fact]
    public void Ask_ByCost_GoesThroughTheStagesAndBeginsAgain()
    {
        var search = new StagedAskTell([On("one")], false, new Seed(4), cost: 10);
        var stages = new List<string>();
        for (var i = 0; i < 200; i++)
        {
            var proposal = search.Ask()!;
            stages.Add(search.Stage);
            search.Tell(proposal.Number, -Bowl(proposal.Configuration), 0.1);
        }

        Assert.Equal(["defaults", "coarse", "refine", "polish", "coarse"], stages.Where((s, i) => i == 0 || stages[i - 1] != s).Take(5));
        Assert.InRange(stages.IndexOf("refine"), 38, 44); // 40 % of 10 in steps of 0.1
        Assert.True(search.Best!.Score > -0.1, $"{search.Best.Score}");
    }

    [Fact]
    public void Ask_FewConfigurations_EndsWhenAllAreTried()
    {
        var space = new SearchSpace(new ChoiceParameter("kind", "a", "b"), new IntParameter("n", 1, 3));
        var search = new StagedAskTell([new StagedLearner(space, new Configuration("f", [new("kind", "a"), new("n", 1)]))], true, new Seed(2));
        var asked = Run(search, _ => 1, most: 500);
        Assert.Equal(6, asked.Distinct().Count());
        Assert.True(asked.Count < 500, "it goes on for ever");
    }

    [Fact]
    public void Ask_EverythingFails_GoesOn()
    {
        var search = new StagedAskTell([On("one"), On("two")], true, new Seed(9), 50);
        for (var i = 0; i < 50; i++)
        {
            search.TellFailed(search.Ask()!.Number);
        }

        Assert.Null(search.Ask());
        Assert.Null(search.Best);
    }

    [Fact]
    public void Ask_BeforeTheLastIsTold_SaysWhichIsMissing()
    {
        var search = new StagedAskTell([On("one")], true, new Seed(1));
        search.Ask();
        Assert.Contains("Proposal 0", Assert.Throws<InvalidOperationException>(search.Ask).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tell_WhatIsNotOpen_IsAnError()
    {
        var search = new StagedAskTell([On("one")], true, new Seed(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Tell(0, 1));
        search.Ask();
        Assert.Throws<ArgumentException>(() => search.Tell(0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Tell(0, 1, cost: 0));
        search.Tell(0, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Tell(0, 1));
    }

    [Fact]
    public void New_BadArguments_AreErrors()
    {
        Assert.Throws<ArgumentException>(() => new StagedAskTell([], true, new Seed(1)));
        Assert.Throws<ArgumentException>(() => new StagedAskTell([new StagedLearner(Plane, new Configuration("f", [new("x", 99.0)]))], true, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StagedAskTell([On("one")], true, new Seed(1), trials: 0));
    }

    private static List<string> Run(StagedAskTell search, Func<Configuration, double> loss, int most = int.MaxValue)
    {
        var asked = new List<string>();
        while (asked.Count < most && search.Ask() is { } proposal)
        {
            asked.Add(proposal.Configuration.Canonical);
            search.Tell(proposal.Number, loss(proposal.Configuration));
        }

        return asked;
    }
}
