using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;

namespace TuneLab.Tests.Experiments.Files;

/// <summary>Experiment files for the tests, all called <c>/lab/configs/churn.yaml</c>.</summary>
internal static class Plans
{
    public const string Minimal = "data: { file: churn.csv, label: churned }\n";

    /// <summary>Every key of the format, each with a value that is not its default.</summary>
    public const string Full = """
        name: churn
        question: Which model best separates the customers who leave?
        hypothesis: "The winner beats the best default: by 5 %."
        expect: { beats: forest, by: 5%, metric: prauc }
        data:
          file: ../data/churn.csv
          label: churned
          ignore: [customer_id, 7]
          positive: yes
          weight: w
          group: household
          time: signed_up
          monotone: { tenure: decreasing, bill: increasing }
          types: { zip: category, since: date }
          missing: ["", NA, "?"]
          separator: tab
          header: true
        task: binary
        metric: auc
        validate: { folds: 4, holdout: 0.25, repeats: 2, kind: given, column: part }
        trainers: [boosting, forest]
        space:
          boosting:
            learning_rate: { low: 0.01, high: 0.3, scale: log }
            leaves: { low: 8, high: 64, step: 8 }
            growth: [leaf, level]
            rounds: 200
          forest:
            criterion: gini
            features: { choices: [sqrt, all] }
        seed: -7
        budget: { time: 90m, trials: 40, target: 0.93, patience: 12, deadline: "07:30", memory: 1.5GB, trial_time: 30s, trial_memory: 768MB }
        isolate: true
        ensemble: true
        stages:
          - { name: coarse, sampler: lhs, trials: 64, rows: 0.2, share: 0.5 }
          - { name: refine, sampler: sobol, passes: 2, trials: 24, keep: 0.3, shrink: 0.6, rows: 0.5, rounds: 0.25, folds: 2, halving: 3, over: rounds, prune: median }
          - { name: confirm, top: 4, repeats: 6, share: 0.2 }
        output: { folder: out, keep_models: 2, refit: false }
        """;

    /// <summary>A program, with every key that is a program's.</summary>
    public const string Program = """
        name: tuned
        expect: { by: 0.1 }
        metric: { name: accuracy_top5, direction: minimize }
        validate: { repeats: 2 }
        trainer: command
        run: "python train.py --lr {learning_rate} --layers={layers} '{kind}' {flag} {rows} {rounds} {seed}"
        inputs: [train.py, data]
        rounds: 30
        space:
          learning_rate: { low: 0.001, high: 0.1, scale: log, default: 0.02 }
          layers: { low: 1, high: 9, step: 2, type: int, default: 3 }
          kind: { choices: [a b, "2"], default: "2" }
          flag: fast
        budget: { trials: 9 }

        """;

    public static string File { get; } = Path.GetFullPath("/lab/configs/churn.yaml");

    public static ExperimentPlan Read(string text, params (string Key, string Value)[] overrides)
        => PlanReader.Read(text, File, [.. overrides.Select(o => new KeyValuePair<string, string>(o.Key, o.Value))]);

    public static IReadOnlyList<string> Faults(string text, params (string Key, string Value)[] overrides)
        => Assert.Throws<InputException>(() => Read(text, overrides)).Faults;

    /// <summary>The one fault of a file.</summary>
    public static string Fault(string text, params (string Key, string Value)[] overrides) => Assert.Single(Faults(text, overrides));
}
