using TuneLab.Benchmarks.Learners;
using TuneLab.Data;
using TuneLab.Randomness;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>Made tables of the kinds that the shared real ones lack, so that a portfolio does not hang on those alone.</summary>
internal static class GeneratedTables
{
    private const int Rows = 12_000;

    private static readonly (string Name, LearningTask Task, Func<SeededRandom, Dataset> Make)[] All =
    [
        ("made_smooth", LearningTask.Regression, Smooth),
        ("made_claims", LearningTask.Regression, Claims),
        ("made_levels", LearningTask.Binary, Levels),
        ("made_clusters", LearningTask.Multiclass, Clusters),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(t => t.Name)];

    /// <summary>Makes one.</summary>
    public static BenchTable Get(string name)
    {
        var (_, task, make) = All.Single(t => t.Name == name);
        var data = make(new Seed(1).Child(name).Random());
        var table = TaskTableBuilder.Build(data, new DataRoles { Label = "y" }, task);
        return new BenchTable(name, table, [.. table.Features.SelectMany(ColumnForms.Native)]);
    }

    // five of ten numbers matter (Friedman 1991, section 4.3), with noise of deviation 1
    private static Dataset Smooth(SeededRandom random)
    {
        var x = Numbers(random, 10, r => r.NextDouble());
        return Table(x, [], "y", i => (10 * Math.Sin(Math.PI * x[0][i] * x[1][i])) + (20 * Math.Pow(x[2][i] - 0.5, 2)) + (10 * x[3][i]) + (5 * x[4][i]) + random.NextNormal());
    }

    // mostly zero, with a long tail: whether there is a claim, and how large, depend on a number, its product with another, and a category
    private static Dataset Claims(SeededRandom random)
    {
        var x = Numbers(random, 12, r => r.NextNormal());
        var region = Codes(random, 40);
        var effect = Enumerable.Range(0, 40).Select(_ => random.NextNormal()).ToArray();
        return Table(x, [("region", region, 40)], "y", i =>
        {
            var log = (0.5 * x[0][i]) + (0.4 * x[1][i] * x[2][i]) + (0.5 * effect[region[i]]);
            return random.NextDouble() < 1 / (1 + Math.Exp(1 - log)) ? Math.Exp(3 + log + (0.7 * random.NextNormal())) : 0;
        });
    }

    // two classes; categories of 4, 25 and 200 levels, and numbers that matter in some of them only
    private static Dataset Levels(SeededRandom random)
    {
        var x = Numbers(random, 8, r => r.NextNormal());
        (string Name, int[] Codes, int Count)[] categories = [("a", Codes(random, 4), 4), ("b", Codes(random, 25), 25), ("c", Codes(random, 200), 200)];
        double[][] effects = [.. categories.Select(c => Enumerable.Range(0, c.Count).Select(_ => random.NextNormal()).ToArray())];
        return Table(x, categories, "y", i =>
        {
            var odds = (0.6 * effects[1][categories[1].Codes[i]]) + (0.5 * effects[2][categories[2].Codes[i]]) + (categories[0].Codes[i] < 2 ? x[0][i] : Math.Abs(x[1][i]) - 0.8) + (0.7 * x[2][i] * (x[3][i] > 0 ? 1 : -1));
            return random.NextDouble() < 1 / (1 + Math.Exp(-odds)) ? 1 : 0;
        });
    }

    // four classes of three clusters each in ten dimensions, ten more of noise, one label in twenty wrong
    private static Dataset Clusters(SeededRandom random)
    {
        var centres = Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, 10).Select(_ => 0.9 * random.NextNormal()).ToArray()).ToArray();
        int[] cluster = Codes(random, centres.Length);
        double[][] x = [.. Enumerable.Range(0, 20).Select(f => cluster.Select(c => (f < 10 ? centres[c][f] : 0) + random.NextNormal()).ToArray())];
        return Table(x, [], "y", i => random.NextDouble() < 0.05 ? random.NextInt(4) : cluster[i] % 4);
    }

    private static double[][] Numbers(SeededRandom random, int columns, Func<SeededRandom, double> draw)
        => [.. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, Rows).Select(_ => draw(random)).ToArray())];

    private static int[] Codes(SeededRandom random, int count) => [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt(count))];

    private static Dataset Table(double[][] numbers, (string Name, int[] Codes, int Count)[] categories, string label, Func<int, double> target)
        => new("made.csv",
        [
            .. numbers.Select((values, f) => new NumberColumn("x" + f, values)),
            .. categories.Select(c => new CategoryColumn(c.Name, c.Codes, [.. Enumerable.Range(0, c.Count).Select(l => c.Name + l)])),
            new NumberColumn(label, [.. Enumerable.Range(0, Rows).Select(target)]),
        ]);
}
