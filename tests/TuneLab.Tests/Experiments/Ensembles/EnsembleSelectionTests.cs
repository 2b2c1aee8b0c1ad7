using TuneLab.Data;
using TuneLab.Experiments.Answer.Ensembles;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Tests.Reference;

namespace TuneLab.Tests.Experiments.Ensembles;

public sealed class EnsembleSelectionTests
{
    public static TheoryData<string> Cases => [.. Reference().Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_ReferenceOfNumpy_SelectsTheSame(string name)
    {
        var (c, selection) = Reference().Where(r => r.Name == name).Select(r => (r, new EnsembleSelection(MetricOf(r), Folds(r)))).Single();
        var selected = selection.Run(c.Bags, 1, CancellationToken.None);

        Assert.Equal(c.Single, selected.Single, 1e-9);
        Assert.Equal(c.Score, selected.Score, 1e-9);
        Assert.Equal(c.Weights.Length, selected.Weights.Length);
        Assert.All(c.Weights.Zip(selected.Weights), w => Assert.Equal(w.First, w.Second, 1e-9));
    }

    [Fact]
    public void Reference_HasACaseWhereTheBagsDoWorseThanTheBestAlone()
        => Assert.Contains(Reference(), c => (c.Metric == "auc" ? c.Bagged < c.Single : c.Bagged > c.Single) && c.Score != c.Bagged);

    [Fact]
    public void Run_RandomLibraries_KeepsItsPromises()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Seed((ulong)seed).Child("library").Random();
            var folds = Library(random, out var metric);
            var candidates = folds[0].Candidates.Length;
            var selection = new EnsembleSelection(metric, folds);
            var bags = EnsembleBags.Draw(candidates, new Seed((ulong)seed));
            var selected = selection.Run(bags, 1, CancellationToken.None);
            var again = selection.Run(bags, 4, CancellationToken.None);

            var best = Enumerable.Range(0, candidates).Select(c => selection.Score(Only(c, candidates))).Order(Comparer<double>.Create(metric.Compare)).First();
            Assert.True(metric.Compare(selected.Score, best) <= 0, $"seed {seed}: {metric.Id} {selected.Score} is worse than {best}, what the best has alone");
            Assert.True(Math.Abs(selected.Weights.Sum() - 1) < 1e-12, $"seed {seed}: the weights add up to {selected.Weights.Sum()}");
            Assert.All(selected.Weights, w => Assert.InRange(w, 0, 1));
            Assert.InRange(selected.Weights.Count(w => w > 0), 1, EnsembleSelection.MostMembers);
            Assert.Equal(best, selected.Single);
            Assert.Equal(selected.Score, selection.Score(selected.Weights));
            Assert.Equal(selected.Weights, again.Weights);
        }
    }

    [Fact]
    public void Run_OneCandidateAnswersTheTruth_TakesItAlone()
    {
        double[] truth = [1, 2, 3, 4];
        float[][] candidates = [[1, 2, 3, 5], [1, 2, 3, 4], [0, 2, 3, 4]];
        var selection = new EnsembleSelection(MetricCatalog.Get("rmse", LearningTask.Regression), [new FoldPredictions(LearningTask.Regression, truth, null, 1, candidates)]);
        Assert.Equal([0, 1, 0], selection.Run(EnsembleBags.Draw(3, new Seed(1)), 1, CancellationToken.None).Weights);
    }

    [Fact]
    public void Run_ErrorsThatCancelOut_TakesBoth()
    {
        double[] truth = [1, 2, 3, 4];
        float[][] candidates = [[2, 1, 4, 3], [0, 3, 2, 5], [9, 9, 9, 9]];
        var selection = new EnsembleSelection(MetricCatalog.Get("rmse", LearningTask.Regression), [new FoldPredictions(LearningTask.Regression, truth, null, 1, candidates)]);
        var selected = selection.Run([[0, 1, 2], [0, 1]], 1, CancellationToken.None);
        Assert.Equal([0.5, 0.5, 0], selected.Weights);
        Assert.Equal(0, selected.Score);
    }

    [Fact]
    public void Run_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var folds = Library(new Seed(1).Random(), out var metric);
        Assert.ThrowsAny<OperationCanceledException>(() => new EnsembleSelection(metric, folds).Run(EnsembleBags.Draw(folds[0].Candidates.Length, new Seed(1)), 2, cancelled.Token));
    }

    [Fact]
    public void Draw_AnySeed_GivesHalfOfTheCandidatesToEachBag()
    {
        for (var candidates = 1; candidates < 30; candidates++)
        {
            var bags = EnsembleBags.Draw(candidates, new Seed(9));
            Assert.Equal(EnsembleBags.Count, bags.Length);
            Assert.All(bags, b => Assert.Equal((candidates + 1) / 2, b.Distinct().Count(c => c >= 0 && c < candidates)));
            Assert.All(bags, b => Assert.Equal(b.Order(), b));
            Assert.Equal(bags, EnsembleBags.Draw(candidates, new Seed(9)));
        }

        Assert.NotEqual(EnsembleBags.Draw(20, new Seed(1)), EnsembleBags.Draw(20, new Seed(2)));
    }

    private static double[] Only(int candidate, int candidates) => [.. Enumerable.Range(0, candidates).Select(c => c == candidate ? 1.0 : 0)];

    private static List<FoldPredictions> Library(SeededRandom random, out Metric metric)
    {
        var (task, id, outputs) = random.NextInt(3) switch { 0 => (LearningTask.Regression, "rmse", 1), 1 => (LearningTask.Binary, "auc", 1), _ => (LearningTask.Multiclass, "logloss", 3) };
        metric = MetricCatalog.Get(id, task);
        var skill = Enumerable.Range(0, 2 + random.NextInt(14)).Select(_ => 0.2 + (random.NextInt(4) == 0 ? 9 : 2) * random.NextDouble()).ToArray();
        var weighted = random.NextInt(2) == 0;
        var folds = new List<FoldPredictions>();
        for (var f = 0; f < 1 + random.NextInt(3); f++)
        {
            var truth = Enumerable.Range(0, 12 + random.NextInt(20)).Select(i => task == LearningTask.Regression ? random.NextNormal() : i % (outputs == 3 ? 3 : 2)).ToArray();
            var candidates = skill.Select(s => truth.SelectMany(t => Row(random, t, outputs, task, s)).ToArray()).ToArray();
            folds.Add(new FoldPredictions(task, truth, weighted ? [.. truth.Select(_ => 0.1 + random.NextDouble())] : null, outputs, candidates));
        }

        return folds;
    }

    private static float[] Row(SeededRandom random, double truth, int outputs, LearningTask task, double skill)
    {
        if (task == LearningTask.Regression)
        {
            return [(float)(truth + skill * random.NextNormal())];
        }

        if (outputs == 1)
        {
            return [(float)(1 / (1 + Math.Exp(1 - 2 * truth + skill * random.NextNormal())))];
        }

        var raw = Enumerable.Range(0, outputs).Select(o => Math.Exp((o == (int)truth ? 1 : 0) + skill * random.NextNormal())).ToArray();
        return [.. raw.Select(r => (float)(r / raw.Sum()))];
    }

    private static Metric MetricOf(Case c) => MetricCatalog.Get(c.Metric, TaskOf(c));

    private static LearningTask TaskOf(Case c) => c.Metric switch { "rmse" => LearningTask.Regression, "auc" => LearningTask.Binary, _ => LearningTask.Multiclass };

    private static List<FoldPredictions> Folds(Case c) => [.. c.Truths.Select((truth, f) => new FoldPredictions(TaskOf(c), truth, null, c.Outputs, c.Library[f]))];

    private static IReadOnlyList<Case> Reference() => ReferenceFile.Read<Whole>("ensembles.json").Cases;

    private sealed record Whole(IReadOnlyList<Case> Cases);

    private sealed record Case(string Name, string Metric, int Outputs, double[][] Truths, float[][][] Library, int[][] Bags, double[] Weights, double Score, double Single, double Bagged);
}
