using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="ISampler"/> promises.</summary>
public abstract class SamplerContract
{
    private const int Proposals = 60;

    public static TheoryData<int> Spaces => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];

    /// <summary>The name it has in the catalog.</summary>
    protected abstract string Id { get; }

    private static Seed Root => new(20);

    /// <summary>A new one. <value>From the catalog.</value></summary>
    protected virtual ISampler New() => SamplerCatalog.Get(Id);

    [Fact]
    public void New_Instances_AreOfItsIdAndDistinct()
    {
        Assert.Equal(Id, New().Id);
        Assert.NotSame(New(), New());
        Assert.True(New().Lag >= 0);
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void Propose_AnySpaceAndHistory_LiesInsideTheBox(int which)
    {
        var (space, box) = Case(which);
        var points = Run(New(), space, box, planned: Proposals);
        Assert.NotEmpty(points);
        foreach (var point in points)
        {
            Assert.Equal(space.Dimensions, point.Length);
            Assert.All(point, x => Assert.InRange(x, 0, 1));
            Assert.True(box.Contains(point), $"space {which}: {string.Join(", ", point)} lies outside the box");
            Assert.True(space.Contains(space.FromUnit("t", point)), $"space {which}: {space.FromUnit("t", point)}");
        }
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void Propose_FreshInstanceOtherOrderOtherMemos_AnswersTheSame(int which)
    {
        var (space, box) = Case(which);
        var (first, requests) = Record(New(), space, box, planned: null);

        var reused = New();
        foreach (var other in Record(New(), space, box, planned: null, Root.Child("other")).Requests)
        {
            reused.Propose(other);
        }

        for (var i = requests.Count - 1; i >= 0; i -= 7) // each seventh one: a fresh sampler may have to go through its whole history
        {
            Assert.Equal(first[i], New().Propose(requests[i]));
            Assert.Equal(first[i], reused.Propose(requests[i]));
        }
    }

    [Fact]
    public void Propose_SameRequestAlternatingHistories_FollowsTheHistoryItIsHanded()
    {
        var (space, box) = Case(0);
        var last = Record(New(), space, box, planned: null).Requests[^1];
        var turned = last with { History = new SearchHistory([.. last.History.Observations.Select(o => o with { Loss = -o.Loss })]) };
        var sampler = New();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(New().Propose(last), sampler.Propose(last));
            Assert.Equal(New().Propose(turned), sampler.Propose(turned));
        }
    }

    [Fact]
    public void Propose_ReturnedArray_IsTheCallersToWrite()
    {
        var (space, box) = Case(0);
        var requests = Record(New(), space, box, planned: null).Requests;
        var sampler = New();
        foreach (var request in requests)
        {
            Array.Fill(sampler.Propose(request) ?? [], -1);
        }

        Assert.Equal(New().Propose(requests[^1]), sampler.Propose(requests[^1]));
    }

    [Fact]
    public void Propose_OtherStagesObservations_AreNoError()
    {
        var (space, box) = Case(0);
        var request = Record(New(), space, box, planned: null).Requests[^1];
        var earlier = request.History.Observations.Select(o => o with { Number = o.Number - 1000, Stage = 0 });
        Assert.NotNull(New().Propose(request with { History = new SearchHistory([.. earlier, .. request.History.Observations]) }));
    }

    [Fact]
    public void Propose_FailedPrunedAndInfiniteObservations_StillProposes()
    {
        var (space, box) = Case(0);
        var observations = new List<Observation>();
        for (var i = 0; i < Proposals; i++)
        {
            var point = New().Propose(new SamplerRequest(space, box, SearchHistory.Empty, i, 1, null, [], Root)) ?? box.Place(new double[space.Dimensions]);
            observations.Add((i % 5) switch
            {
                0 => new Observation(i, 1, point, double.NaN, ObservationStatus.Failed, 1, 1),
                1 => new Observation(i, 1, point, 0.1 * i, ObservationStatus.Pruned, 0.3, 1),
                2 => new Observation(i, 1, point, double.PositiveInfinity, ObservationStatus.Completed, 1, 1),
                _ => new Observation(i, 1, point, Math.Sin(i), ObservationStatus.Completed, 1, 1),
            });
        }

        var all = observations.Select(o => o with { Loss = double.NaN, Status = ObservationStatus.Failed }).ToArray();
        foreach (var history in new[] { observations.ToArray(), all })
        {
            var next = New().Propose(new SamplerRequest(space, box, new SearchHistory(history), Proposals, 1, 10 * Proposals, [], Root));
            Assert.True(next is not null && box.Contains(next) && next.All(double.IsFinite));
        }
    }

    [Fact]
    public void Propose_SpaceOfOneConfiguration_ProposesIt()
    {
        foreach (var space in new[] { SpaceExamples.Empty, SpaceExamples.Single })
        {
            var first = New().Propose(new SamplerRequest(space, Hypercube.Whole(space), SearchHistory.Empty, 0, 0, 10, [], Root));
            Assert.NotNull(first);
            Assert.Equal(space.FromUnit("t", new double[space.Dimensions]), space.FromUnit("t", first));
        }
    }

    [Fact]
    public void Propose_StartPoints_AreNotWritten()
    {
        var (space, box) = Case(0);
        double[] start = [.. space.Parameters.Select(_ => 0.25)];
        Assert.NotNull(New().Propose(new SamplerRequest(space, box, SearchHistory.Empty, 0, 0, 40, [start], Root)));
        Assert.All(start, x => Assert.Equal(0.25, x));
    }

    [Fact]
    public void Ask_SpaceOfTenConfigurations_ProposesEachOnceAndEnds()
    {
        var space = new SearchSpace(new IntParameter("a", 1, 5), new ChoiceParameter("b", ["x", "y"]));
        var search = new AskTell(space, New(), minimize: true, Root);
        var asked = Asked(search, most: 40);
        Assert.Equal(10, asked.Count);
        Assert.Equal(10, asked.Distinct().Count());
    }

    [Fact]
    public void Ask_OptimumInACornerOfWholeNumbers_ProposesNothingTwice()
    {
        var space = new SearchSpace(new IntParameter("a", 1, 30), new IntParameter("b", 1, 30), new FloatParameter("c", 0, 1));
        var asked = Asked(new AskTell(space, New(), minimize: true, Root, planned: 80), most: 80);
        Assert.Equal(asked.Count, asked.Distinct().Count());
        Assert.InRange(asked.Count, 30, 80); // a grid is as large as it is
    }

    private static List<Configuration> Asked(AskTell search, int most)
    {
        var asked = new List<Configuration>();
        while (asked.Count < most && search.Ask() is { } proposal)
        {
            asked.Add(proposal.Configuration);
            search.Tell(proposal.Number, proposal.Point.Sum());
        }

        return asked;
    }

    private static (SearchSpace Space, Hypercube Box) Case(int which)
    {
        var space = which < 2 ? SpaceExamples.Mixed : which >= 12 ? SpaceExamples.Limited : SpaceExamples.Random(Root.Child(which));
        return (space, which % 2 == 0 ? Hypercube.Whole(space) : SpaceExamples.RandomBox(space, Root.Child("box").Child(which)));
    }

    private static List<double[]> Run(ISampler sampler, SearchSpace space, Hypercube box, int? planned) => Record(sampler, space, box, planned).Points;

    // the requests of a pass as a stage makes them: histories grow behind the lag, some trials fail
    private static (List<double[]> Points, List<SamplerRequest> Requests) Record(ISampler sampler, SearchSpace space, Hypercube box, int? planned, Seed? seed = null)
    {
        var (points, requests, observations) = (new List<double[]>(), new List<SamplerRequest>(), new List<Observation>());
        for (var i = 0; i < Proposals; i++)
        {
            var visible = (int)Math.Max(0, i - (long)sampler.Lag);
            var request = new SamplerRequest(space, box, new SearchHistory(observations[..visible]), i, 1, planned, [], seed ?? Root) { UnderWay = [.. points.Skip(visible)] };
            if (sampler.Propose(request) is not { } point)
            {
                break;
            }

            requests.Add(request);
            points.Add(point);
            var failed = i % 7 == 3;
            observations.Add(new Observation(100 + i, 1, point, failed ? double.NaN : point.Sum(x => (x - 0.3) * (x - 0.3)), failed ? ObservationStatus.Failed : ObservationStatus.Completed, 1, 1));
        }

        return (points, requests);
    }
}
