using System.Text.Json.Nodes;
using TuneLab.Learners.Boosting;
using TuneLab.Learners.Forest;
using TuneLab.Learners.Linear;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Both sides of each kind of learner, at equal hyperparameters.</summary>
/// <param name="server">The peers' process, started when first needed.</param>
/// <param name="boosting">Which peers boosting is held against: <c>xgboost</c>, <c>histgb</c>, <c>lightgbm</c>.</param>
internal sealed class Rivals(Lazy<PeerServer> server, IReadOnlyList<string> boosting)
{
    /// <summary>Trees of a forest.</summary>
    public const int Trees = 200;

    /// <summary>The smallest hessian of a leaf that scikit-learn's boosting has when it is left alone.</summary>
    public const double LightHessian = 0.001;

    /// <summary>Our boosting; learning rate 0.1, 255 bins, l2 1, smallest leaf 1 row, no sampling.</summary>
    public static Configuration BoostingConfiguration(int rounds, int leaves, double minHessian = 1) => new("boosting",
    [
        new("rounds", rounds), new("leaves", leaves), new("learning_rate", 0.1), new("max_bin", 255), new("l2", 1), new("min_child_weight", minHessian), new("min_child_samples", 1),
    ]);

    /// <summary>Our boosting.</summary>
    public static ILearner Boosting(int rounds, int leaves, double minHessian = 1, string name = "ours", bool shared = false)
        => new EmbeddedLearner(new BoostingTrainer(), BoostingConfiguration(rounds, leaves, minHessian), name, shared);

    /// <summary>Their boosting.</summary>
    public IEnumerable<ILearner> BoostingPeers(int rounds, int leaves, double minHessian = 1)
        => boosting.Select(name => new PeerLearner(name, server, new JsonObject { ["rounds"] = rounds, ["leaves"] = leaves, ["min_child_weight"] = minHessian }));

    /// <summary>Forests of 200 trees with at least 3 rows a leaf that look at 0.35 of the columns, rounded to the same number on both sides.</summary>
    /// <param name="extra">Extremely randomised trees on all rows instead of a random forest on drawn ones.</param>
    /// <param name="shared">Whether ours stands there a second time, with bins shared.</param>
    /// <param name="bins">How many bins the peer's columns are reduced to, as ours are by 255; 0: it has the exact values.</param>
    public IReadOnlyList<ILearner> Forests(bool extra, bool shared, int bins = 0)
    {
        const double features = 0.35;
        const int rows = 3;
        var ours = new Configuration("forest",
        [
            new("trees", Trees), new("kind", extra ? "extra" : "random"), new("bootstrap", extra ? "no" : "yes"), new("max_features", features), new("min_child_samples", rows),
        ]);
        return
        [
            .. Ours(new ForestTrainer(), ours, shared),
            new PeerLearner(extra ? "extra_trees" : "random_forest", server, new JsonObject { ["rounds"] = Trees, ["max_features"] = features, ["min_child_samples"] = rows, ["bootstrap"] = !extra, ["bins"] = bins }),
        ];
    }

    /// <summary>Linear models on standardised columns.</summary>
    /// <param name="l1Ratio">0: ridge; between 0 and 1: elastic net.</param>
    /// <param name="shared">Whether ours stands there a second time, with the design shared.</param>
    public IReadOnlyList<ILearner> Linears(double l1Ratio, bool shared)
    {
        const double strength = 1e-3;
        var ours = new Configuration("linear", [new("strength", strength), new("l1_ratio", l1Ratio)]);
        return [.. Ours(new LinearTrainer(), ours, shared), new PeerLearner("linear", server, new JsonObject { ["strength"] = strength, ["l1_ratio"] = l1Ratio })];
    }

    private static IEnumerable<ILearner> Ours(ITrainer trainer, Configuration configuration, bool shared)
        => shared ? [new EmbeddedLearner(trainer, configuration), new EmbeddedLearner(trainer, configuration, "shared", shared: true)] : [new EmbeddedLearner(trainer, configuration)];
}
