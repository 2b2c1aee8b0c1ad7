using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class AskTellTests
{
    [Fact]
    public void Example_OfTheDocs_FindsTheOptimum()
    {
        var space = new SearchSpace(new FloatParameter("x", -5, 10), new FloatParameter("rate", 0.001, 1, Scale.Log));
        var search = new AskTell(space, SamplerCatalog.Get("cma-es"), minimize: true, new Seed(7), planned: 100);
        while (search.Ask() is { } proposal)
        {
            var x = proposal.Configuration.Number("x", 0);
            var rate = proposal.Configuration.Number("rate", 1);
            search.Tell(proposal.Number, (x - 3) * (x - 3) + Math.Abs(Math.Log10(rate / 0.1)));
        }

        Assert.InRange(search.Best!.Proposal.Configuration.Number("x", 0), 2.7, 3.3);
        Assert.InRange(search.Best.Proposal.Configuration.Number("rate", 1), 0.05, 0.2);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("cma-es")]
    public void Tell_AnyOrderWithinTheLag_GivesTheSameProposals(string id)
    {
        var function = TestFunctions.Branin;
        var inOrder = new AskTell(function.Space, SamplerCatalog.Get(id), true, new Seed(1));
        var shuffled = new AskTell(function.Space, SamplerCatalog.Get(id), true, new Seed(1));
        var lag = Math.Min(SamplerCatalog.Get(id).Lag, 4);
        var random = new Seed(9).Random();
        var open = new List<Proposal>();
        for (var i = 0; i < 120; i++)
        {
            var expected = inOrder.Ask()!;
            inOrder.Tell(expected.Number, function.Evaluate(expected.Configuration));

            var proposal = shuffled.Ask()!;
            Assert.Equal(expected.Configuration, proposal.Configuration);
            open.Add(proposal);
            // whatever the next one needs, and some others by chance, the later ones first
            foreach (var told in open.Where(p => p.Number <= i - lag || random.NextInt(3) == 0).Reverse().ToArray())
            {
                shuffled.Tell(told.Number, function.Evaluate(told.Configuration));
                open.Remove(told);
            }
        }
    }

    [Fact]
    public void Ask_NeededOneNotTold_ThrowsAndGoesOnOnceItIs()
    {
        var search = new AskTell(TestFunctions.Sphere(2).Space, new CmaEsSampler(), true, new Seed(1));
        for (var i = 0; i <= 4; i++)
        {
            Assert.Equal(i, search.Ask()!.Number);
        }

        var error = Assert.Throws<InvalidOperationException>(() => search.Ask());
        Assert.Equal("Proposal 5 depends on number 0, which was not told yet: 'cma-es' waits for every number below 1 (the lag is 4). Call Tell(0, score) or TellFailed(0) first.", error.Message);
        search.TellFailed(0);
        Assert.Equal(5, search.Ask()!.Number);
    }

    public static TheoryData<string> Ids => [.. SamplerCatalog.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Ask_LagOfNone_EachSeesAllBeforeItAndWaitsForIt(string id)
    {
        var function = TestFunctions.Mixed(new Seed(3));
        var sampler = new Watched(SamplerCatalog.Get(id));
        var search = new AskTell(function.Space, sampler, true, new Seed(1), 80, lag: 0);
        for (var number = 0; search.Ask() is { } proposal; number++)
        {
            Assert.Equal(number, sampler.Seen);
            Assert.Equal(0, sampler.UnderWay);
            Assert.All(proposal.Point, x => Assert.InRange(x, 0, 1));
            Assert.True(number == 79 || Assert.Throws<InvalidOperationException>(() => search.Ask()).Message.Contains($"(the lag is 0). Call Tell({number}, score)", StringComparison.Ordinal));
            search.Tell(number, function.Evaluate(proposal.Configuration));
        }
    }

    [Fact]
    public void Ask_LagLargerThanTheSamplers_Throws()
        => Assert.Equal("lag", Assert.Throws<ArgumentOutOfRangeException>(() => new AskTell(TestFunctions.Sphere(2).Space, new CmaEsSampler(), true, new Seed(1), lag: 5)).ParamName);

    [Fact]
    public void Tell_WrongNumberTwiceOrNaN_ThrowsWithWords()
    {
        var search = new AskTell(TestFunctions.Sphere(2).Space, new RandomSampler(), true, new Seed(1));
        search.Ask();
        Assert.Contains("No proposal has number 1; 1 were asked for", Assert.Throws<ArgumentOutOfRangeException>(() => search.Tell(1, 0)).Message);
        Assert.Contains("call TellFailed(0)", Assert.Throws<ArgumentException>(() => search.Tell(0, double.NaN)).Message);
        search.Tell(0, 1);
        Assert.Contains("told before", Assert.Throws<InvalidOperationException>(() => search.TellFailed(0)).Message);
    }

    [Theory]
    [InlineData(true, 1, 2)]
    [InlineData(false, 5, 0)]
    public void Best_BothDirections_IsTheEarliestOfTheBest(bool minimize, double score, int number)
    {
        var search = new AskTell(TestFunctions.Sphere(2).Space, new RandomSampler(), minimize, new Seed(1));
        Assert.Null(search.Best);
        foreach (var _ in Enumerable.Range(0, 5))
        {
            search.Ask();
        }

        foreach (var (n, s) in new[] { (4, 5.0), (3, 1), (2, 1), (0, 5), (1, 3) })
        {
            search.Tell(n, s);
        }

        Assert.Equal((score, number), (search.Best!.Score, search.Best.Proposal.Number));
    }

    [Fact]
    public void Ask_MaximizeAndMinimizeOfTheNegative_AreTheSameSearch()
    {
        var function = TestFunctions.Sphere(3);
        var down = new AskTell(function.Space, new CmaEsSampler(), true, new Seed(1));
        var up = new AskTell(function.Space, new CmaEsSampler(), false, new Seed(1));
        for (var i = 0; i < 60; i++)
        {
            var (a, b) = (down.Ask()!, up.Ask()!);
            Assert.Equal(a.Configuration, b.Configuration);
            down.Tell(i, function.Evaluate(a.Configuration));
            up.Tell(i, -function.Evaluate(b.Configuration));
        }
    }

    [Fact]
    public void Ask_WrittenPoint_ChangesNothing()
    {
        var function = TestFunctions.Sphere(3);
        var clean = new AskTell(function.Space, new CmaEsSampler(), true, new Seed(1));
        var dirty = new AskTell(function.Space, new CmaEsSampler(), true, new Seed(1));
        for (var i = 0; i < 60; i++)
        {
            var (a, b) = (clean.Ask()!, dirty.Ask()!);
            Assert.Equal(a.Configuration, b.Configuration);
            Array.Fill(b.Point, 0.9);
            clean.Tell(i, function.Evaluate(a.Configuration));
            dirty.Tell(i, function.Evaluate(b.Configuration));
        }
    }

    [Fact]
    public void AskAndTell_ManyThreads_EachNumberOnceAndTheSameProposals()
    {
        var function = TestFunctions.Branin;
        var search = new AskTell(function.Space, new SobolSampler(), true, new Seed(1), planned: 2000);
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<int, Configuration>();
        Parallel.For(0, 4, _ =>
        {
            while (search.Ask() is { } proposal)
            {
                Assert.True(seen.TryAdd(proposal.Number, proposal.Configuration));
                search.Tell(proposal.Number, function.Evaluate(proposal.Configuration));
            }
        });

        Assert.Equal(2000, seen.Count);
        var alone = new AskTell(function.Space, new SobolSampler(), true, new Seed(1), planned: 2000);
        Assert.All(Enumerable.Range(0, 2000), i => Assert.Equal(seen[i], alone.Ask()!.Configuration));
        Assert.Equal(seen.Values.Min(function.Evaluate), search.Best!.Score);
    }

    [Fact]
    public void Stages_ShrunkenBoxAndStart_AreRespected()
    {
        var function = TestFunctions.Branin;
        var box = new Hypercube(function.Space, [0.4, 0.1], [0.6, 0.3], [null, null]);
        var search = new AskTell(function.Space, new CmaEsSampler(), true, new Seed(1), planned: 40, box, start: [[0.5, 0.2]]);
        while (search.Ask() is { } proposal)
        {
            Assert.True(box.Contains(proposal.Point));
            search.Tell(proposal.Number, function.Evaluate(proposal.Configuration));
        }

        Assert.Throws<ArgumentException>(() => new AskTell(TestFunctions.Sphere(2).Space, new RandomSampler(), true, new Seed(1), box: box));
        Assert.Throws<ArgumentException>(() => new AskTell(function.Space, new RandomSampler(), true, new Seed(1), start: [[0.1]]));
    }

    private sealed class Watched(ISampler inner) : ISampler
    {
        public int Seen { get; private set; }

        public int UnderWay { get; private set; }

        public string Id => inner.Id;

        public int Lag => inner.Lag;

        public double[]? Propose(SamplerRequest request)
        {
            (Seen, UnderWay) = (request.History.Observations.Count(o => !o.Again), request.UnderWay.Count);
            return inner.Propose(request);
        }
    }
}
