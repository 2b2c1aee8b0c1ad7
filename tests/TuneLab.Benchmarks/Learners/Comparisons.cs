using System.Text.Json.Nodes;
using TuneLab.Errors;
using TuneLab.Learners.Boosting;
using TuneLab.Learners.Forest;
using TuneLab.Learners.Linear;
using TuneLab.Space;

namespace TuneLab.Benchmarks.Learners;

/// <summary>What is compared in accuracy, what matters most first.</summary>
/// <param name="server">The peers' process, started when first needed.</param>
/// <param name="tables">The tables asked for; empty: all.</param>
internal sealed class Comparisons(Lazy<PeerServer> server, IReadOnlyList<string> tables)
{
    private const int Trees = 200;
    private static readonly string[] WithCategories = ["adult", "telco_churn"];

    /// <summary>The comparisons of these names; none given: all.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public IReadOnlyList<Comparison> Get(IReadOnlyList<string> names)
    {
        (string Name, Func<string, Comparison> Make)[] all =
        [
            ("boosting-31", n => Boosting(n, 31)),
            ("categories", Categories),
            ("boosting-255", n => Boosting(n, 255)),
            ("forest", n => Forest(n, "random_forest", "random", "yes")),
            ("extra-trees", n => Forest(n, "extra_trees", "extra", "no")),
            ("ridge", n => Linear(n, 0)),
            ("elastic-net", n => Linear(n, 0.5)),
        ];
        return names.FirstOrDefault(n => !Array.Exists(all, c => c.Name == n)) is { } wrong
            ? throw new InputException($"There is no comparison '{wrong}'.", Nearest.Hint(wrong, [.. all.Select(c => c.Name)], "comparisons"))
            : [.. all.Where(c => names.Count == 0 || names.Contains(c.Name)).Select(c => c.Make(c.Name))];
    }

    private Comparison Boosting(string name, int leaves)
    {
        var read = BenchTables.Read(tables);
        return new Comparison(name, [100, 500],
        [
            (Ours(leaves), read), (Peer("xgboost", leaves), read), (Peer("histgb", leaves), read),
        ]);
    }

    /// <summary>Native categories against a column for each of them, which is all that the peers of these versions take on an equal footing.</summary>
    private Comparison Categories(string name)
    {
        string[] chosen = [.. WithCategories.Where(t => tables.Count == 0 || tables.Contains(t))];
        var oneHot = chosen.Length == 0 ? [] : BenchTables.Read(chosen, ":one-hot", ColumnForms.OneHot);
        return new Comparison(name, [100, 500],
        [
            (Ours(31), chosen.Length == 0 ? [] : BenchTables.Read(chosen, ":native", ColumnForms.Native)),
            (Ours(31, "ours, one-hot"), oneHot), (Peer("xgboost", 31), oneHot), (Peer("histgb", 31), oneHot),
        ]);
    }

    private Comparison Forest(string name, string peer, string kind, string bootstrap)
    {
        var read = BenchTables.Read(tables, ":imputed", ColumnForms.Imputed);
        var ours = new EmbeddedScores(new ForestTrainer(), trees => new Configuration("forest",
        [
            new("trees", trees), new("kind", kind), new("bootstrap", bootstrap), new("max_features", 0.35), new("min_child_samples", 3),
        ]));
        return new Comparison(name, [Trees],
        [
            (ours, read), (new PeerScores(peer, server, new JsonObject { ["max_features"] = 0.35, ["min_child_samples"] = 3, ["bootstrap"] = bootstrap == "yes" }), read),
        ]);
    }

    private Comparison Linear(string name, double l1Ratio)
    {
        const double strength = 1e-3;
        var read = BenchTables.Read(tables, ":imputed", ColumnForms.Imputed);
        var ours = new EmbeddedScores(new LinearTrainer(), _ => new Configuration("linear", [new("strength", strength), new("l1_ratio", l1Ratio)]));
        return new Comparison(name, [1], [(ours, read), (new PeerScores("linear", server, new JsonObject { ["strength"] = strength, ["l1_ratio"] = l1Ratio }), read)]);
    }

    private static IScored Ours(int leaves, string name = "ours")
        => new EmbeddedScores(new BoostingTrainer(), rounds => EmbeddedBoosting.Configuration(new BoostingCase(rounds, leaves, 1)), name);

    private IScored Peer(string name, int leaves) => new PeerScores(name, server, new JsonObject { ["leaves"] = leaves });
}
