using TuneLab.Analysis;
using TuneLab.Analysis.Holdout;
using TuneLab.Analysis.Importance;
using TuneLab.Analysis.LearningCurves;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Nested;
using TuneLab.Experiments.Studies;
using TuneLab.Metrics;
using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Testing.Training;

namespace TuneLab.Reporting.Tests;

/// <summary>Fixed runs, made by hand, that the views are tested on.</summary>
internal static class SampleRun
{
    private static readonly SearchSpace BoostingSpace = new(
        new FloatParameter("learning_rate", 0.01, 0.3, Scale.Log),
        new IntParameter("leaves", 4, 64, Scale.Log),
        new ChoiceParameter("growth", "leaf", "level"),
        new FloatParameter("row_share", 0.4, 1, step: 0.1) { Condition = new Condition("growth", ["leaf"]) });

    private static readonly Configuration BoostingDefault = new("boosting", [new("learning_rate", 0.1), new("leaves", 31), new("growth", "leaf"), new("row_share", 1), new("rounds", 300)]);
    private static readonly Configuration LinearDefault = new("linear", [new("l2", 1)]);

    /// <summary>A finished run with a holdout, stages, a failed trial and a pruned one.</summary>
    public static RunRecord Finished()
    {
        var trials = Trials();
        var best = trials[37];
        return new RunRecord(
            Start(holdoutRows: 6),
            new ExperimentResult
            {
                Experiment = "churn",
                Complete = true,
                Best = Contender(best, new ScoreSummary(0.8621, 0.0113, 5), new HoldoutScore(0.8684, 0.8391, 0.8967)),
                Baseline = Contender(trials[0], new ScoreSummary(0.8432, 0.0131, 5), new HoldoutScore(0.8457, 0.8133, 0.8772)),
                Verdict = new Verdict(VerdictOutcome.Supported, 0.0227, 0.0121, 0.0339, 0.01, 0.0185, "Supported: the winner beats the best default by 0.0227 auc on the holdout (95 % lower bound 0.0121, above the 0.01 expected)."),
                Trials = new TrialCounts(48, 6, 1, 3),
                Evaluations = new EvaluationCounts(204, 30),
                Seconds = new TimeSummary(83.4, 121.75, 8.31, 2.94),
                Stages = Stages(),
                HoldoutLooks = 3,
                Files = new Dictionary<string, string> { ["model"] = "/lab/runs/churn/model.zip", ["report"] = "/lab/runs/churn/report.html", ["trials"] = "/lab/runs/churn/trials.csv" },
            },
            trials,
            [new("TuneLab", "0.1.0"), new(".NET", "10.0.1"), new("System", "Linux x64, 2 cores"), new("Git commit", "1234567")]) { Analysis = Analysis() };
    }

    private static ExperimentAnalysis Analysis() => ExperimentAnalysis.None("there are too few trials") with
    {
        Holdout = Analyzed<HoldoutAnalysis>.Of(new HoldoutAnalysis
        {
            Rows = 6,
            Ranking = new RankingCurves([new(0, 0), new(0, 0.5), new(0.25, 0.5), new(0.25, 1), new(1, 1)], [new(0.5, 1), new(0.5, 0.5), new(1, 2 / 3.0), new(1, 1 / 3.0)], 1 / 3.0),
            Calibration = new Calibration([new(0.12, 0.1, 0.02, 0.3, 30), new(0.71, 0.8, 0.6, 0.92, 30)], 0.055),
            Confusion = new ConfusionTable(["no", "yes"], [[3, 1], [0, 2]]),
            Loss = "log-loss",
            MeanLoss = 0.31,
            Worst = [new WorstRow(17, "no", "yes (0.912)", 2.43, [new("age", "41"), new("city", "")])],
            Slices = [new ErrorSlice(["age > 40 or missing", "city is Bern"], 26, 0.61, 0.27, 0.0031)],
        }),
        Features = new Analyzed<IReadOnlyList<FeatureImportance>>([new FeatureImportance(["age"], 0.112, 0.071, 0.163), new FeatureImportance(["city", "zip"], 0.003, -0.002, 0.009)], null),
    };

    /// <summary>The finished run with an ensemble of three.</summary>
    public static RunRecord WithEnsemble()
    {
        var run = Finished();
        var plan = run.Start.Plan with { Plan = run.Start.Plan.Plan with { Ensemble = true } };
        EnsembleMember Member(int trial, double weight)
        {
            var of = run.Trials[trial];
            return new EnsembleMember(trial, of.Configuration.Trainer, Contender(of, null, null).Settled, of.Rounds, weight);
        }

        return run with
        {
            Start = run.Start with { Plan = plan },
            Result = run.Result with
            {
                HoldoutLooks = 5,
                Ensemble = new EnsembleSummary
                {
                    Members = [Member(37, 0.4125), Member(44, 0.0875), Member(29, 0.5)],
                    Candidates = 23,
                    Metric = "auc",
                    Validation = 0.86911,
                    Single = 0.8655,
                    Holdout = new HoldoutScore(0.8702, 0.8411, 0.8982),
                    Gain = new EnsembleGain(0.0018, -0.0031, 0.0066, 0.2735),
                    Scores = new Dictionary<string, double> { ["auc"] = 0.8702, ["logloss"] = 0.3101 },
                },
            },
        };
    }

    /// <summary>The finished run with what its trials say of the hyperparameters, of more rounds and of more time: found by the analyses, not made by hand.</summary>
    public static RunRecord WithSurface()
    {
        var run = Finished();
        var random = new TuneLab.Randomness.Seed(5).Random();
        var scored = Enumerable.Range(0, 120).Select(_ => BoostingSpace.FromUnit("boosting", [.. BoostingSpace.Parameters.Select(_ => random.NextDouble())]))
            .Select(c => new ScoredConfiguration(c, 0.87 - (0.02 * Math.Pow(Math.Log(c.Number("learning_rate", 1) / 0.06), 2)) - (0.01 * Math.Pow(Math.Log(c.Number("leaves", 1) / 20), 2)) + (0.001 * random.NextNormal()))).ToList();
        double At(double rounds) => 0.87 - (0.2 / Math.Sqrt(rounds));
        return run with
        {
            Analysis = run.Analysis with
            {
                Hyperparameters = FunctionalAnova.Run(BoostingSpace, scored, new TuneLab.Randomness.Seed(1)),
                Rounds = [.. Enumerable.Range(1, 300).Where(r => r < 10 || r % 10 == 0).Select(r => new CurvePoint(r, At(r)))],
                MoreRounds = LearningCurveAnalysis.Run([.. new[] { 20, 40, 80, 150, 300 }.Select(r => new LearningPoint(r, At(r), 0.0005))], MetricCatalog.Get("auc", LearningTask.Binary), "rounds", new TuneLab.Randomness.Seed(1), mayStay: true),
                MoreTime = MoreTrials.Run([.. run.Trials.Where(t => t.Fidelity.IsFull && t.Scores.Length > 0).Select(t => t.Score)], MetricCatalog.Get("auc", LearningTask.Binary)),
            },
        };
    }

    /// <summary>A run without a holdout that was stopped before confirm, its default still the best.</summary>
    public static RunRecord Stopped()
    {
        var whole = Finished();
        var trials = whole.Trials.Take(9).ToList();
        var contender = Contender(trials[0], null, null);
        return whole with
        {
            Start = Start(holdoutRows: 0),
            Trials = trials,
            Analysis = ExperimentAnalysis.None("the run was stopped before it"),
            Result = whole.Result with
            {
                Complete = false,
                Best = contender,
                Baseline = contender,
                Verdict = new Verdict(VerdictOutcome.Undecided, double.NaN, double.NaN, double.NaN, 0.01, double.NaN, "Undecided: there is no holdout."),
                Stages = [.. whole.Result.Stages.Take(1)],
                HoldoutLooks = 0,
                Files = new Dictionary<string, string>(),
            },
        };
    }

    /// <summary>A run whose every text tries to break out of its place.</summary>
    public static RunRecord Hostile()
    {
        const string Evil = "</p></text><script>alert('1')</script> & \"|\" `code` **bold** [x](y) \n# head";
        var run = Finished();
        return run with
        {
            Start = run.Start with { Plan = run.Start.Plan with { Plan = run.Start.Plan.Plan with { Question = Evil, Hypothesis = Evil, File = "/lab/it's \"here\" & <there>.yaml" } } },
            Result = run.Result with { Experiment = Evil, Verdict = run.Result.Verdict with { Sentence = Evil }, Stages = [new StageRecord(0, Evil, Evil, Evil, 1, 1, [Evil])] },
            Trials = [.. run.Trials.Select(t => t with { Stage = t.Stage == "coarse" ? Evil : t.Stage, Reason = t.Status == TrialStatus.Failed ? Evil : t.Reason, Configuration = t.Configuration.With("name", Evil) })],
            Environment = [new(Evil, Evil)],
            Analysis = run.Analysis with
            {
                Holdout = Analyzed<HoldoutAnalysis>.Of(run.Analysis.Holdout.Value! with { Confusion = new ConfusionTable([Evil, "yes"], [[3, 1], [0, 2]]), Loss = Evil, Worst = [new WorstRow(1, Evil, Evil, 1, [new(Evil, Evil)])], Slices = [new ErrorSlice([Evil], 1, 1, 1, 0)] }),
                Features = new Analyzed<IReadOnlyList<FeatureImportance>>([new FeatureImportance([Evil], 0.1, 0, 0.2)], null),
            },
        };
    }

    /// <summary>Ten thousand trials, long names in several alphabets, and every analysis that there is.</summary>
    public static RunRecord Large()
    {
        string[] columns = [.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? $"a_column_with_a_rather_long_name_{i}" : i % 3 == 1 ? $"столбец-{i}-с-очень-длинным-именем" : $"非常に長い列名{i}")];
        var run = Finished();
        var trials = Enumerable.Range(0, 10_000).Select(i => run.Trials[i < 2 ? i : 2 + (i % 46)] with { Number = i, StartedSeconds = 0.4 * i, FinishedSeconds = (0.4 * i) + 0.9 }).ToList();
        double[] sizes = [400, 800, 1600, 3200, 6400];
        double At(double size) => 0.9 - (2 / Math.Sqrt(size));
        return run with
        {
            Trials = trials,
            Result = run.Result with { Trials = new TrialCounts(10_000, 1200, 217, 652), Nested = new NestedSummary([.. Enumerable.Range(1, 10).Select(f => new NestedFold(f, 120, "boosting", 0.86, 0.85, 0.01, 0))], 10) },
            Analysis = run.Analysis with
            {
                Features = Analyzed<IReadOnlyList<FeatureImportance>>.Of([.. columns.Select((c, i) => new FeatureImportance([c], 0.2 / (1 + i), 0.1 / (1 + i), 0.3 / (1 + i)))]),
                Holdout = Analyzed<HoldoutAnalysis>.Of(run.Analysis.Holdout.Value! with
                {
                    Confusion = new ConfusionTable([.. columns.Take(18)], [.. Enumerable.Range(0, 18).Select(t => (IReadOnlyList<int>)[.. Enumerable.Range(0, 18).Select(p => t == p ? 12_345 : (t * p) % 7)])]),
                    Worst = [.. Enumerable.Range(0, 10).Select(i => new WorstRow(1_234_567 + i, columns[i], columns[i + 1] + " (0.912)", 7.1, [.. columns.Take(12).Select(c => new KeyValuePair<string, string>(c, "0.123456789"))]))],
                }),
                Hyperparameters = Analyzed<HyperparameterImportance>.Of(new HyperparameterImportance([.. columns.Take(12).Select((c, i) => new HyperparameterEffect(c, new VarianceShare(0.3 / (1 + i), 0.02), 1, []))], [new InteractionEffect(columns[0], columns[1], new VarianceShare(0.05, 0.01))], 9000, 64, 0.71)
                {
                    Surface = new MarginalSurface(
                        new SurfaceAxis("growth", [new SurfaceLevel("leaf", 0.25), new SurfaceLevel("level", 0.75)]),
                        new SurfaceAxis("learning_rate", [.. Enumerable.Range(0, 25).Select(i => new SurfaceLevel(BoostingSpace.Parameters[0].FromUnit(i / 24.0), i / 24.0))]),
                        1,
                        [.. Enumerable.Range(0, 25).Select(i => (IReadOnlyList<double>)[0.8 + (0.002 * i), 0.84 - (0.001 * i)])],
                        [.. Enumerable.Range(0, 25).Select(_ => (IReadOnlyList<double>)[0.001, 0.002])]),
                }),
                Rows = Analyzed<LearningCurve>.Of(new LearningCurve([.. sizes.Select(s => new LearningPoint(s, At(s), 0.004))], new FittedCurve(CurveForm.Power, 0.9, -0.025, 0.5, 6400, 1), [.. Enumerable.Range(0, 20).Select(i => 400 * Math.Pow(32, i / 19.0)).Select(s => new CurveEstimate(s, At(s), At(s) - 0.01, At(s) + 0.01))], new CurveEstimate(12_800, At(12_800), At(12_800) - 0.01, At(12_800) + 0.01), 0.007, false, "Twice the rows would bring more.")),
                Rounds = [.. Enumerable.Range(1, 60).Select(r => new CurvePoint(r, 0.9 - (0.3 / r)))],
                Ablation = Analyzed<IReadOnlyList<AblatedColumns>>.Of([.. columns.Take(40).Select((c, i) => new AblatedColumns([c, "twin"], 0.01 / (1 + i), -0.001, 0.02 / (1 + i), 0.01 * (1 + i)))]),
                Stability = Analyzed<Stability>.Of(new Stability([new PerturbedTrial(9037, "boosting", 0.8655, [0.86, 0.87], [0.85, 0.86], 3), new PerturbedTrial(0, "boosting", 0.845, [0.84, 0.85], [0.84, 0.84], 1)], 0.75)),
            },
        };
    }

    /// <summary>What the runs are about.</summary>
    public static TaskTable Table { get; } = MakeTable();

    private static TaskTable MakeTable()
    {
        var label = new CategoryColumn("churned", [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? 1 : 0)], ["no", "yes"], ColumnType.Boolean);
        var age = new NumberColumn("age", [.. Enumerable.Range(0, 30).Select(i => 20.0 + i)]);
        var city = new CategoryColumn("city", new int[30], ["Bern"]);
        return new TaskTable
        {
            Data = new Dataset("churn.csv", [age, city, label]),
            Task = LearningTask.Binary,
            Roles = new DataRoles { Label = "churned", Ignore = ["customer_id"] },
            Features = [age, city],
            Target = [.. label.Codes.Select(c => (double)c)],
            Classes = ["no", "yes"],
            RowsWithoutLabel = 2,
            Fingerprint = "9f2c41d07b6e5a8390c1d2e3f4a5b6c79f2c41d07b6e5a8390c1d2e3f4a5b6c7",
        };
    }

    private static ExperimentStart Start(int holdoutRows)
    {
        var table = Table;
        var plan = new ExperimentPlan
        {
            File = "/lab/configs/churn.yaml",
            Name = "churn",
            Question = "Which model best separates the customers who leave?",
            Hypothesis = "The tuned winner beats the best default by at least 0.01 AUC.",
            Expect = new Expectation { By = 0.01 },
            Data = new DataPlan { File = "/lab/data-samples/churn.csv", Roles = table.Roles },
            Budget = new BudgetPlan { Trials = 48 },
            Seed = 7,
            Output = new OutputPlan { Folder = "/lab/runs/churn" },
        };
        var resolved = new ResolvedPlan(
            plan,
            LearningTask.Binary,
            MetricCatalog.Get("auc", LearningTask.Binary),
            "stratified",
            [
                new PlannedTrainer(new SampleTrainer("boosting", BoostingSpace, BoostingDefault), BoostingSpace, BoostingDefault),
                new PlannedTrainer(new SampleTrainer("linear", new SearchSpace(new FloatParameter("l2", 1e-4, 100, Scale.Log)), LinearDefault), new SearchSpace(new FloatParameter("l2", 1e-4, 100, Scale.Log)), LinearDefault),
            ],
            [
                new StagePlan { Name = "coarse", Sampler = "random", Trials = 16, Rows = 0.2 },
                new StagePlan { Name = "refine", Sampler = "sobol", Trials = 12, Passes = 2, Rows = 1 },
                new StagePlan { Name = "polish", Sampler = "cma-es", Trials = 6 },
                new StagePlan { Name = "confirm" },
            ],
            StagesAreAuto: true);
        return new ExperimentStart(resolved, TableSummary.Of(table), 30 - holdoutRows, holdoutRows, holdoutRows == 0 ? 9 : 0, "/lab/.tunelab/tunelab.db");
    }

    private static List<FinishedTrial> Trials()
    {
        List<FinishedTrial> trials = [Trial(0, "defaults", 0, BoostingDefault, 0.845), Trial(1, "defaults", 0, LinearDefault, 0.802)];
        for (var i = 2; i < 48; i++)
        {
            var (stage, pass) = i < 18 ? ("coarse", 1) : i < 30 ? ("refine", 2) : i < 42 ? ("refine", 3) : ("polish", 4);
            var wave = i * 0.6180339887 % 1;
            var configuration = i % 3 == 2 && i < 30
                ? new Configuration("linear", [new("l2", Math.Pow(10, wave * 4 - 3))])
                : new Configuration("boosting", [new("learning_rate", 0.01 + 0.12345678901234567 * wave), new("leaves", 4 + i), new("growth", i % 2 == 0 ? "leaf" : "level"), new("rounds", 300)]);
            var floor = configuration.Trainer == "linear" ? 0.79 : stage == "coarse" ? 0.8 : stage == "refine" ? 0.835 : 0.855;
            var score = i == 9 ? 0.51 : i == 37 ? 0.8655 : floor + 0.028 * wave;
            trials.Add(Trial(i, stage, pass, configuration, score) with
            {
                Rows = stage == "coarse" ? 0.2 : 1,
                Status = i == 12 ? TrialStatus.Failed : i is 20 or 25 or 33 ? TrialStatus.Pruned : TrialStatus.Completed,
                Scores = i == 12 ? [] : Scores(score),
                Reason = i == 12 ? "boosting: 2.1 GB are needed and 2 GB allowed." : i is 20 or 25 or 33 ? "after 50 rounds worse than the median" : "",
                Cached = i is > 2 and < 9,
            });
        }

        return trials;
    }

    private static FinishedTrial Trial(int number, string stage, int pass, Configuration configuration, double score) => new()
    {
        Number = number,
        Stage = stage,
        Pass = pass,
        Configuration = configuration,
        Status = TrialStatus.Completed,
        Cached = false,
        Scores = Scores(score),
        Rows = 1,
        Rounds = configuration.Trainer == "boosting" ? 180 + number : 1,
        StartedSeconds = number * 1.5,
        FinishedSeconds = number * 1.5 + 1.2,
        FitSeconds = 1.1 + number % 7 * 0.3,
        ScoreSeconds = 0.1,
        Reason = "",
        Evaluations = ["a", "b", "c", "d", "e"],
    };

    private static double[] Scores(double mean) => [mean - 0.012, mean - 0.004, mean, mean + 0.006, mean + 0.01];

    private static Contender Contender(FinishedTrial trial, ScoreSummary? confirm, HoldoutScore? holdout) => new()
    {
        Trainer = trial.Configuration.Trainer,
        Configuration = trial.Configuration,
        Settled = trial.Configuration.Trainer == "boosting" ? trial.Configuration.With("rounds", trial.Rounds) : trial.Configuration,
        Trial = trial.Number,
        Rounds = trial.Rounds,
        Metric = "auc",
        Validation = new ScoreSummary(trial.Score, trial.Deviation, 5),
        Confirm = confirm,
        Holdout = holdout,
        Scores = new Dictionary<string, double> { ["auc"] = holdout?.Value ?? trial.Score, ["logloss"] = 0.312345, ["f1"] = trial.Number == 0 ? double.NaN : 0.7 },
    };

    private static List<StageRecord> Stages() =>
    [
        new(0, "defaults", "trials", "2 of 2 trials done.", 2, 3.2, []),
        new(1, "coarse", "trials", "16 of 16 trials done.", 16, 11.8, []),
        new(2, "refine", "trials", "12 of 12 trials done.", 12, 27.1, ["boosting: leaves moved from 4 to 64 to 12 to 48: the best lies on its edge.", "linear dropped: its best trails by 0.03, more than twice the spread of folds."]),
        new(3, "refine", "trials", "12 of 12 trials done.", 12, 24.9, []),
        new(4, "polish", "patience", "6 trials without improvement.", 6, 12.6, []),
        new(5, "confirm", "trials", "4 finalists on 5 fresh splits.", 4, 9.1, []),
    ];
}
