using TuneLab.Experiments;
using TuneLab.Experiments.Running;
using TuneLab.Experiments.Search;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Storage;
using TuneLab.Tests.Experiments.Running;

namespace TuneLab.Tests.Experiments.Search;

public sealed class PassRunnerTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 3)]
    [InlineData(4, 0)]
    [InlineData(2, 100)]
    public void Run_EachProposal_IsToldWhatIsUnderWay(int jobs, int lag)
    {
        using var bench = new Bench();
        bench.Trainer.OnRound = round => Thread.SpinWait((round * 7919) % 5 * 1000); // trials end out of order
        var experiment = bench.Load(bench.Plan());
        var state = new SearchState(experiment, [], []);
        var sampler = new Recorder(lag);
        Run(bench, experiment, state, jobs, new PassPlan
        {
            Pass = 0, Stage = "s", Of = (1, 1), Lanes = state.Lanes, First = [(state.Lanes[0], state.Lanes[0].Trainer.Default)], Sampler = "recorder", Samplers = _ => sampler, Fidelity = Fidelity.Full, Trials = 25,
        });

        double[][] points = [.. state.Finished.Select(t => state.Lanes[0].Trainer.Space.ToUnit(t.Configuration))];
        Assert.Equal(25, points.Length);
        Assert.Equal(24, sampler.Requests.Count);
        var shown = Math.Min(lag, 8); // no pass looks further behind
        for (var i = 0; i < sampler.Requests.Count; i++)
        {
            // trial i + 1 sees those below i + 1 - lag; the others up to its own number are under way to it, whether they have ended or not
            var (number, request) = (i + 1, sampler.Requests[i]);
            var seen = Math.Max(0, number - shown);
            Assert.Equal(Enumerable.Range(0, seen), request.History.Observations.Select(o => o.Number));
            Assert.Equal(points[seen..number].Select(p => p[0]), request.UnderWay.Select(p => p[0]), (a, b) => Math.Abs(a - b) < 1e-9);
        }
    }

    private static void Run(Bench bench, LoadedExperiment experiment, SearchState state, int jobs, PassPlan plan)
    {
        var time = TimeProvider.System;
        var options = new RunOptions { Jobs = jobs, Threads = jobs };
        var memory = ProcessMemory.Of(time, experiment.Resolved.Trainers.Select(t => t.Trainer));
        var timers = new FoldTimers(time, null, _ => { });
        var workbench = Workbench.OfTable(experiment, state, 1, bench.Store, options, memory, timers, time);
        var clock = new RunClock(time, time.GetTimestamp(), 0, experiment.Resolved.Plan.Budget);
        using var executor = new TrialExecutor(workbench.Evaluator, bench.Store, experiment.Resolved.Metric, clock, timers, jobs);
        var passes = new PassRunner(state, executor, workbench.Folds.Search, new BudgetPlan(), BudgetKind.Trials, clock, memory, new Seed(1), jobs, _ => { }, () => { }, CancellationToken.None, CancellationToken.None);
        Assert.Equal(StageExit.Trials, passes.Run(plan).Exit);
    }

    private sealed class Recorder(int lag) : ISampler
    {
        public List<SamplerRequest> Requests { get; } = [];

        public string Id => "recorder";

        public int Lag => lag;

        public double[]? Propose(SamplerRequest request)
        {
            Requests.Add(request);
            return request.Space.ToUnit(request.Space.FromUnit("gradient", [((Requests.Count * 37) % 100) / 100.0, 0.5, 0.5]));
        }
    }
}
