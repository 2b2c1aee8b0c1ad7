using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Testing.Stores;

/// <summary>Records with a value in every field, told apart by a number.</summary>
public static class StoreSamples
{
    /// <summary>64 hex characters that depend on the text alone.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The key of evaluation <paramref name="number"/>.</summary>
    public static string Key(int number) => Hash("evaluation " + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>An evaluation with three checkpoints and two metrics.</summary>
    public static Evaluation Evaluation(int number) => new()
    {
        Key = Key(number),
        Trainer = "boosting",
        Configuration = "boosting{learning_rate=0." + number.ToString(CultureInfo.InvariantCulture) + "}",
        Rounds = [10, 20, 30 + number],
        Losses = [0.5, 0.25, 1.0 / (3 + number)],
        Metrics = ["auc", "logloss"],
        Scores = [0.7, 0.5, 0.8, 0.25, Math.PI / (4 + number), 0.1],
        FitSeconds = 0.125 + number,
        ScoreSeconds = 0.03125,
        PeakMemoryBytes = 5_000_000_000 + number,
        Stopped = "no better round in 20",
        TrainRows = 2400,
        ValidRows = 600,
    };

    /// <summary>A completed trial of five folds with numbers and choices in its configuration.</summary>
    public static FinishedTrial Trial(int number) => new()
    {
        Number = number,
        Stage = "refine",
        Pass = 2,
        Configuration = new Configuration("forest", [new("trees", 100 + number), new("criterion", "gini"), new("share", 1.0 / (3 + number))]),
        Status = TrialStatus.Completed,
        Cached = number % 2 == 1,
        Scores = [0.81, 0.79, 0.8, 0.1 + 0.2, 1.0 / (7 + number)],
        Rows = 0.2,
        RoundFraction = 0.3,
        FoldFraction = 0.6,
        RoundsAgain = 70 + number,
        Rounds = 120,
        StartedSeconds = 1.5 + number,
        FinishedSeconds = 2.25 + number,
        FitSeconds = 0.7,
        ScoreSeconds = 0.05,
        Reason = "",
        Evaluations = [.. Enumerable.Range(0, 5).Select(fold => Key((number * 5) + fold))],
    };

    /// <summary>The end of a stage pass, with notes.</summary>
    public static StageRecord Stage(int pass) => new(pass, "refine", "trials", "all 24 trials of the pass are done", 24, 12.5 + pass, ["learning_rate: 0.01 to 0.1", "dropped linear: 0.02 behind"]);
}
