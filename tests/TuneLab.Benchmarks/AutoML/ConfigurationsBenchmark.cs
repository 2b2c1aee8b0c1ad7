using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.Trainers.LightGbm;

namespace TuneLab.Benchmarks.AutoML;

/// <summary>
/// The same 50 configurations of LightGBM, of 100 rounds each or as many as the first argument says, on the same rows through TuneLab and through ML.NET's AutoMLExperiment: how many per minute. Both read the same file and have two
/// threads: TuneLab two hosts with one each, AutoML its one trial at a time with two.
/// </summary>
internal static class ConfigurationsBenchmark
{
    private const int Count = 50;

    // 5 x 2 x 5; everything else is fixed at ML.NET's default
    private const string Space = """
        number_of_leaves: { low: 10, high: 50, scale: linear, step: 10 }, learning_rate: { low: 0.05, high: 0.1, scale: linear, step: 0.05 }, minimum_example_count_per_leaf: { low: 10, high: 50, scale: linear, step: 10 },
        maximum_bin_count_per_feature: 255, feature_fraction: 1, subsample_fraction: 1, l1_regularization: 0, l2_regularization: 0.01, use_categorical_split: "no"
        """;

    /// <summary>Runs it on the tables named, else on two small ones and a larger one.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        var rounds = args.Length > 0 && int.TryParse(args[0], CultureInfo.InvariantCulture, out var given) ? given : 0;
        string[] tables = rounds > 0 ? args[1..] : args;
        rounds = rounds > 0 ? rounds : 100;
        output.WriteLine("| table | TuneLab, configurations per minute | AutoML | ratio | best validation AUC, both |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var name in tables.Length > 0 ? tables : ["telco_churn", "titanic", "adult"])
        {
            if (SharedTables.Find(name) is not { } table)
            {
                output.WriteLine($"| {name} | the real tables (../shared/data) are not beside this checkout | | | |");
                continue;
            }

            var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
            try
            {
                var label = Label(name, table);
                var split = Split(table, folder);
                var (ours, configurations, ourBest) = TuneLab(split, label, rounds, folder);
                var (theirs, theirBest) = AutoML(split, label, rounds, configurations);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {60 * Count / ours:0} | {60 * Count / theirs:0} | {theirs / ours:0.0} | {ourBest:0.0000}, {theirBest:0.0000} |"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static (double Seconds, IReadOnlyList<JsonElement> Configurations, double Best) TuneLab(string split, string label, int rounds, string folder)
    {
        var file = Path.Combine(folder, "listed.yaml");
        File.WriteAllText(file, $$"""
            name: listed
            data: { file: {{split}}, label: {{label}} }
            metric: auc
            validate: { kind: given, column: _split, holdout: 0 }
            trainers: [lightgbm]
            space: { lightgbm: { {{Space.ReplaceLineEndings(" ")}}, number_of_iterations: {{rounds}} } }
            stages:
              - { name: coarse, sampler: grid, trials: {{Count}} }
              - { name: confirm, top: 1, repeats: 1 }
            output: { folder: out, refit: false }
            """);
        var store = Path.Combine(folder, "listed.db");
        var run = ToolProcess.Run("run", file, "--json", "--jobs", "2", "--threads", "2", "--store", store).Json;
        var trials = ToolProcess.Run("trials", file, "--json", "--store", store).Json.GetProperty("trials").EnumerateArray().Where(t => t.GetProperty("stage").GetString() == "coarse").ToArray();
        if (trials.Length != Count)
        {
            throw new InvalidOperationException($"The grid has {trials.Length} configurations.");
        }

        // with what it takes until the first trial begins: the start of the process, reading and encoding, and hosts, but without the default that is run before
        var stages = run.GetProperty("stages").EnumerateArray().ToDictionary(s => s.GetProperty("stage").GetString()!, s => s.GetProperty("seconds").GetDouble());
        var begin = trials.Min(t => t.GetProperty("started_s").GetDouble()) - stages["defaults"];
        return (begin + stages["coarse"], [.. trials.Select(t => t.GetProperty("hyperparameters"))], trials.Max(t => t.GetProperty("score").GetDouble()));
    }

    private static (double Seconds, double Best) AutoML(string split, string label, int rounds, IReadOnlyList<JsonElement> configurations)
    {
        var clock = Stopwatch.StartNew();
        var context = new MLContext(1);
        var inferred = context.Auto().InferColumns(split, labelColumnName: label, separatorChar: ',', groupColumns: false);
        var all = context.Data.CreateTextLoader(inferred.TextLoaderOptions).Load(split);
        var info = inferred.ColumnInformation;
        foreach (var set in new[] { info.CategoricalColumnNames, info.TextColumnNames, info.NumericColumnNames, info.IgnoredColumnNames })
        {
            set.Remove("_split");
        }

        var train = context.Data.FilterByCustomPredicate<Part>(all, r => r._split.ToString() == "valid");
        var valid = context.Data.FilterByCustomPredicate<Part>(all, r => r._split.ToString() != "valid");
        var texts = all.Schema[label].Type is BooleanDataViewType ? ["False", "True"] : all.GetColumn<string>(all.Schema[label].Type is TextDataViewType ? label : throw new NotSupportedException("The label is to be a text."))
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        IEstimator<ITransformer> target = all.Schema[label].Type is BooleanDataViewType
            ? context.Transforms.CopyColumns("__label", label)
            : context.Transforms.Conversion.MapValue("__label", texts.Select((t, i) => KeyValuePair.Create(t, i == texts.Length - 1)), label);
        var trainer = context.Auto().CreateSweepableEstimator((c, pick) => c.BinaryClassification.Trainers.LightGbm(Options(configurations[pick.Number], rounds)), new SearchSpace<Pick>());
        var best = context.Auto().CreateExperiment()
            .SetDataset(train, valid).SetPipeline(target.Append(context.Auto().Featurizer(train, info, outputColumnName: "Features")).Append(trainer))
            .SetBinaryClassificationMetric(BinaryClassificationMetric.AreaUnderRocCurve, "__label")
            .SetMaxModelToExplore(Count).SetTuner<Listed>().Run();
        return (clock.Elapsed.TotalSeconds, best.Metric);
    }

    private static LightGbmBinaryTrainer.Options Options(JsonElement configuration, int rounds) => new()
    {
        LabelColumnName = "__label",
        NumberOfIterations = rounds,
        NumberOfThreads = 2,
        NumberOfLeaves = configuration.GetProperty("number_of_leaves").GetInt32(),
        LearningRate = configuration.GetProperty("learning_rate").GetDouble(),
        MinimumExampleCountPerLeaf = configuration.GetProperty("minimum_example_count_per_leaf").GetInt32(),
    };

    private static string Label(string name, string table)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(table)!, "index.json")));
        return index.RootElement.EnumerateArray().First(e => e.GetProperty("name").GetString() == name).GetProperty("label").GetString()!;
    }

    // every fifth row validates
    private static string Split(string table, string folder)
    {
        var path = Path.Combine(folder, "split.csv");
        File.WriteAllLines(path, File.ReadLines(table).Select((line, i) => line + (i == 0 ? ",_split" : i % 5 == 0 ? ",valid" : ",train")));
        return path;
    }

    private sealed class Part
    {
        public ReadOnlyMemory<char> _split { get; set; }
    }

    private sealed class Pick
    {
        [Range(0, Count)]
        public int Number { get; set; }
    }

    // ML.NET's defaults, and the next number of the list
    private sealed class Listed(AutoMLExperiment.AutoMLExperimentSettings settings) : ITuner
    {
        private int _next;

        public Parameter Propose(TrialSettings trial)
        {
            var parameter = settings.SearchSpace.SampleFromFeatureSpace(settings.SearchSpace.Default);
            foreach (var (_, estimator) in parameter["_pipeline_"].Where(e => e.Value.ParameterType == ParameterType.Object && e.Value.ContainsKey(nameof(Pick.Number))))
            {
                estimator[nameof(Pick.Number)] = Parameter.FromInt(_next);
            }

            _next++;
            return parameter;
        }

        public void Update(TrialResult result)
        {
        }
    }
}
