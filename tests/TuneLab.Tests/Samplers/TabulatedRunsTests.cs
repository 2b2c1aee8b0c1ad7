using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;
using TuneLab.Testing.Tabulated;

namespace TuneLab.Tests.Samplers;

public sealed class TabulatedRunsTests
{
    public static TheoryData<string> Names => new(TabulatedRuns.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_KeptTable_HasDistinctConfigurationsWithCurves(string name)
    {
        var runs = TabulatedRuns.Load(name);
        Assert.Equal(name, runs.Table);
        Assert.Matches("^[0-9a-f]{64}$", runs.Fingerprint);
        Assert.Equal(500, runs.Runs.Select(r => r.Configuration).Distinct().Count());
        Assert.All(runs.Runs, r =>
        {
            Assert.True(runs.Space.Contains(r.Configuration));
            Assert.InRange(r.Losses.Length, 1, runs.Rounds.Count);
            Assert.All(r.Losses, l => Assert.True(float.IsFinite(l)));
        });
        Assert.InRange(new FileInfo(TabulatedRuns.FileOf(name)).Length, 1, 300_000);
    }

    [Fact]
    public void Write_WhatWasRead_GivesTheSameText()
    {
        var runs = Toy();
        using var first = new MemoryStream();
        TabulatedFile.Write(runs, first);
        first.Position = 0;
        var read = TabulatedFile.Read(first);
        using var second = new MemoryStream();
        TabulatedFile.Write(read, second);
        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.Equal(runs.Runs.Select(r => r.Configuration), read.Runs.Select(r => r.Configuration));
        Assert.Equal(runs.Runs.SelectMany(r => r.Losses), read.Runs.SelectMany(r => r.Losses));
        Assert.Equal(runs.Space.Parameters.Select(p => p.Describe()), read.Space.Parameters.Select(p => p.Describe()));
    }

    [Fact]
    public void Take_SameProposalAgainAndAgain_GivesTheNearestOfItsChoiceFirstAndEachRunOnce()
    {
        var runs = Toy();
        var search = new TabulatedSearch(runs);
        double[] point = [0.5, 0.5, 0.25]; // the choice is a
        var taken = Enumerable.Range(0, runs.Runs.Count).Select(_ => search.Take(point)!).ToList();
        Assert.Equal(runs.Runs.Count, taken.Distinct().Count());
        Assert.Null(search.Take(point));
        var same = taken.TakeWhile(r => r.Configuration.Choice("kind", "") == "a").ToList();
        Assert.Equal(runs.Runs.Count(r => r.Configuration.Choice("kind", "") == "a"), same.Count);
        var distances = same.ConvertAll(r => Math.Pow(r.Point[0] - 0.5, 2) + Math.Pow(r.Point[1] - 0.5, 2));
        Assert.Equal(distances.Order(), distances);
    }

    [Fact]
    public void Losses_AnySampler_AreThoseOfDistinctRuns()
    {
        var runs = Toy();
        foreach (var id in SamplerCatalog.Ids)
        {
            var losses = TabulatedSearch.Losses(runs, SamplerCatalog.Get(id), new Seed(3), 2 * runs.Runs.Count);
            Assert.Equal(losses.Count, losses.Distinct().Count());
            Assert.True(id == "grid" || losses.Count == runs.Runs.Count, id);
        }
    }

    // 40 runs with a loss of their own each
    private static TabulatedRuns Toy()
    {
        var space = new SearchSpace(new FloatParameter("rate", 0.01, 0.3, Scale.Log), new IntParameter("leaves", 4, 256, Scale.Log), new ChoiceParameter("kind", "a", "b"));
        var random = new SeededRandom(5);
        TabulatedRun[] runs = [.. Enumerable.Range(0, 40).Select(i =>
        {
            var configuration = space.FromUnit("boosting", [random.NextDouble(), random.NextDouble(), random.NextDouble()]);
            return new TabulatedRun(configuration, space.ToUnit(configuration), [3, 1 + (i / 100f), 2]);
        })];
        return new TabulatedRuns("toy", new string('0', 64), "boosting/1", 5, space, [1, 2, 4], runs);
    }
}
