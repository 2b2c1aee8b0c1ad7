using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Learners.Forest;

/// <summary>The hyperparameters of <see cref="ForestTrainer"/>.</summary>
internal sealed record ForestOptions
{
    /// <param name="given">The configuration.</param>
    /// <exception cref="Errors.InputException">A hyperparameter that there isn't, or out of range.</exception>
    public ForestOptions(Configuration given)
    {
        var read = new Hyperparameters(given, Info);
        Trees = read.Whole("trees");
        RandomSplits = read.Choice("kind") == "extra";
        MaxFeatures = read.Number("max_features");
        MinRows = read.Whole("min_child_samples");
        Depth = read.Whole("max_depth");
        Leaves = read.Whole("leaves");
        Replace = read.Choice("bootstrap") == "yes";
        RowFraction = read.Number("row_fraction");
        Entropy = read.Choice("criterion") == "entropy";
        MaxBin = read.Whole("max_bin");
        Balanced = read.Choice(ClassBalance.Name) == ClassBalance.Balanced;
    }

    /// <summary>The trainer's capabilities, space and defaults.</summary>
    public static TrainerInfo Info { get; } = MakeInfo();

    /// <summary>How many trees.</summary>
    public int Trees { get; }

    /// <summary>Extremely randomised trees: one random boundary per feature instead of the best.</summary>
    public bool RandomSplits { get; }

    /// <summary>The share of the features that vary at all that each split may choose from; more only until one varies in the node.</summary>
    public double MaxFeatures { get; }

    /// <summary>Fewest distinct rows of a child; each counts as often as it weighs when all weights are whole.</summary>
    public int MinRows { get; }

    /// <summary>The most splits on a path; 0: any number.</summary>
    public int Depth { get; }

    /// <summary>The most leaves of a tree, the best splits first; 0: any number.</summary>
    public int Leaves { get; }

    /// <summary>Whether rows are drawn with replacement.</summary>
    public bool Replace { get; }

    /// <summary>How many rows are drawn for each tree, as a share of the training rows.</summary>
    public double RowFraction { get; }

    /// <summary>Whether a tree may miss rows; else each sees all.</summary>
    public bool DrawsRows => Replace || RowFraction < 1;

    /// <summary>Entropy instead of Gini impurity; classes only.</summary>
    public bool Entropy { get; }

    /// <summary>The most value bins of a feature.</summary>
    public int MaxBin { get; }

    /// <summary>Whether each class weighs the same in impurity and leaves; classes only.</summary>
    public bool Balanced { get; }

    private static TrainerInfo MakeInfo()
    {
        var configuration = new Configuration("forest", new Dictionary<string, ParameterValue>
        {
            ["trees"] = 200,
            ["kind"] = "random",
            ["max_features"] = 0.35,
            ["min_child_samples"] = 3,
            ["max_depth"] = 0,
            ["leaves"] = 0,
            ["bootstrap"] = "yes",
            ["row_fraction"] = 1,
            ["criterion"] = "gini",
            ["max_bin"] = 255,
            [ClassBalance.Name] = ClassBalance.None,
        });
        return new TrainerInfo
        {
            Id = "forest",
            Summary = "Averages many deep trees, each on a random part of the data: random forest or extremely randomised trees. Hard to overfit.",
            Version = 4,
            Engine = "embedded",
            Tasks = [Data.LearningTask.Binary, Data.LearningTask.Multiclass, Data.LearningTask.Regression],
            Incremental = true,
            RoundsOverfit = false,
            Parameters = new SearchSpace(
                new IntParameter("trees", 1, 10_000, Scale.Log),
                new ChoiceParameter("kind", "random", "extra"),
                new FloatParameter("max_features", 0.001, 1),
                new IntParameter("min_child_samples", 1, 1_000_000, Scale.Log),
                new IntParameter("max_depth", 0, 1000),
                new IntParameter("leaves", 0, 1_000_000),
                new ChoiceParameter("bootstrap", "yes", "no"),
                new FloatParameter("row_fraction", 0.001, 1),
                new ChoiceParameter("criterion", "gini", "entropy"),
                new IntParameter("max_bin", 2, 255),
                new ChoiceParameter(ClassBalance.Name, ClassBalance.None, ClassBalance.Balanced)),
            DefaultSpace = new SearchSpace(
                new ChoiceParameter("kind", "random", "extra"),
                new FloatParameter("max_features", 0.1, 1),
                new IntParameter("min_child_samples", 1, 50, Scale.Log),
                new ChoiceParameter("bootstrap", "yes", "no"),
                new FloatParameter("row_fraction", 0.3, 1)),
            Default = configuration,
            Cheap = configuration.With("trees", 50).With("min_child_samples", 10),
            Starts = () => StartingPoints.Of(typeof(ForestOptions).Assembly, "forest"),
            MaxRounds = c => c.Whole("trees", 200),
            Settled = (c, rounds) => c.With("trees", rounds),
            // each level sums every drawn row once for each feature tried
            Cost = (c, rows, features, outputs) => rows * c.Number("row_fraction", 1) * Math.Max(1, features * c.Number("max_features", 0.35)) * c.Number("trees", 200)
                * Math.Max(1, Math.Log2(Math.Max(2, rows / Math.Max(1, c.Number("min_child_samples", 3))))) / 4,
        };
    }
}
