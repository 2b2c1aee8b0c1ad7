using TuneLab.Space;

namespace TuneLab.Storage.Tests.Writer;

/// <summary>What is in the frozen stores, one file per schema version. A published value is never edited: the files can't follow.</summary>
public static class FrozenContent
{
    /// <summary>The holdout that was looked at.</summary>
    public const string Holdout = "holdout-of-churn";

    /// <summary>The name of the only blob.</summary>
    public const string BlobName = "model.zip";

    /// <summary>The first version that keeps predictions; stores before it have none.</summary>
    public const int PredictionsSince = 2;

    /// <summary>The first version with notes.</summary>
    public const int NotesSince = 3;

    /// <summary>Both experiments as they are found, but for the instants, which the clock gave.</summary>
    public static IReadOnlyList<ExperimentRecord> Experiments { get; } =
    [
        new ExperimentRecord
        {
            Id = 1, Identity = new string('a', 64), Name = "churn", Fingerprint = "f1", Plan = "{\"seed\":7}", State = ExperimentState.Finished, Reason = "all 400 trials are done",
            Created = default, Updated = default, ActiveSeconds = 61.5, Result = "{\"verdict\":\"supported\"}",
        },
        new ExperimentRecord
        {
            Id = 2, Identity = new string('b', 64), Name = "Häuser 家", Fingerprint = "f2", Plan = "{}", State = ExperimentState.Stopped, Reason = "Ctrl-C",
            Created = default, Updated = default, ActiveSeconds = 0.25, Result = null,
        },
    ];

    /// <summary>All evaluations.</summary>
    public static IReadOnlyList<Evaluation> Evaluations { get; } =
    [
        new Evaluation
        {
            Key = new string('1', 64), Trainer = "boosting", Configuration = "boosting{learning_rate=0.1}", Rounds = [10, 20, 40], Losses = [0.5, 0.4, 0.1 + 0.2],
            Metrics = ["auc", "logloss"], Scores = [0.5, 0.75, 0.875, double.NaN, double.PositiveInfinity, double.NegativeInfinity], FitSeconds = 1.5, ScoreSeconds = 0.125,
            PeakMemoryBytes = 6_000_000_000, Stopped = "no better round in 20", TrainRows = 2400, ValidRows = 600,
        },
        new Evaluation
        {
            Key = new string('2', 64), Trainer = "linear", Configuration = "linear{}", Rounds = [], Losses = [], Metrics = [], Scores = [], FitSeconds = double.NaN, ScoreSeconds = 0,
            PeakMemoryBytes = 0, Stopped = "last round", TrainRows = 1, ValidRows = 0,
        },
    ];

    /// <summary>The trials of the first experiment.</summary>
    public static IReadOnlyList<FinishedTrial> Trials { get; } =
    [
        new FinishedTrial
        {
            Number = 0, Stage = "defaults", Pass = 0, Configuration = new Configuration("boosting", [new("learning_rate", 0.1), new("growth", "leaf"), new("limit", double.PositiveInfinity)]),
            Status = TrialStatus.Completed, Cached = false, Scores = [0.875, 1.0 / 3], Rows = 1, Rounds = 40, StartedSeconds = 0.5, FinishedSeconds = 2.25, FitSeconds = 3, ScoreSeconds = 0.25,
            Reason = "", Evaluations = [new string('1', 64), new string('2', 64)],
        },
        new FinishedTrial
        {
            Number = 1, Stage = "coarse", Pass = 1, Configuration = new Configuration("linear", []), Status = TrialStatus.Failed, Cached = false, Scores = [], Rows = 0.2, Rounds = 0,
            StartedSeconds = 2.5, FinishedSeconds = 2.75, FitSeconds = 0, ScoreSeconds = 0, Reason = "fold 1: one class", Evaluations = [],
        },
        new FinishedTrial
        {
            Number = 2, Stage = "coarse", Pass = 1, Configuration = new Configuration("forest", [new("trees", 100)]), Status = TrialStatus.Pruned, Cached = true, Scores = [0.5], Rows = 0.2,
            Rounds = 10, StartedSeconds = 3, FinishedSeconds = 3.5, FitSeconds = 0.5, ScoreSeconds = 0.125, Reason = "below the median", Evaluations = [new string('1', 64)],
        },
    ];

    /// <summary>The stage passes of the first experiment.</summary>
    public static IReadOnlyList<StageRecord> Stages { get; } =
    [
        new StageRecord(0, "defaults", "trials", "every default is tried", 1, 2.25, []),
        new StageRecord(1, "coarse", "patience", "no better trial in 20", 2, 1.25, ["dropped linear: \"one class\"", "trees: 50 to 200"]),
    ];

    /// <summary>The look, by the first experiment.</summary>
    public static JournalNote Note { get; } = new(1, "the label is noisy", new DateTimeOffset(2026, 1, 6, 8, 0, 0, TimeSpan.Zero));

    public static HoldoutLook Look { get; } = new(Holdout, 1, "boosting{learning_rate=0.1}", new DateTimeOffset(2026, 1, 5, 7, 30, 0, 123, TimeSpan.Zero));

    /// <summary>The blob of the first experiment.</summary>
    public static byte[] Blob => [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    /// <summary>Predictions for the first evaluation.</summary>
    public static IReadOnlyList<float> Predictions { get; } = [0.1f, -0.0f, float.NaN, float.PositiveInfinity, float.Epsilon, 1];

    /// <summary>Writes all of it into an empty store.</summary>
    public static void Write(ITrialStore store)
    {
        foreach (var expected in Experiments)
        {
            var made = store.OpenExperiment(expected.Identity, expected.Name, expected.Fingerprint, expected.Plan);
            store.UpdateExperiment(made.Id, expected.State, expected.Reason, expected.ActiveSeconds, expected.Result);
        }

        foreach (var evaluation in Evaluations)
        {
            store.AddEvaluation(evaluation);
        }

        foreach (var trial in Trials)
        {
            store.AddTrial(1, trial);
        }

        foreach (var stage in Stages)
        {
            store.AddStage(1, stage);
        }

        store.AddPredictions(Evaluations[0].Key, [.. Predictions]);
        store.PutBlob(1, BlobName, Blob);
        store.AddLook(Look);
        store.AddNote(Note);
    }
}
