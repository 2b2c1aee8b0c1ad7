using TuneLab.Data;
using TuneLab.Samplers;
using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>
/// The parsed experiment file: what a person asked for, with paths made absolute and defaults filled in where they do not depend on the data. What does depend on it
/// (task, metric, trainers, stages) is null or empty when left out, and settled by <c>PlanResolver</c>. Immutable.
/// </summary>
public sealed record ExperimentPlan
{
    /// <summary>The file it was read from (absolute), or null when it was made in code.</summary>
    public string? File { get; init; }

    /// <summary>A short name. <value>The experiment file's name without extension, else the data file's.</value></summary>
    public required string Name { get; init; }

    /// <summary>What is asked. <value>Null.</value></summary>
    public string? Question { get; init; }

    /// <summary>What one believes the answer to be. <value>Null.</value></summary>
    public string? Hypothesis { get; init; }

    /// <summary>The expected answer, decided on the holdout. <value>Beats the default by more than 0.</value></summary>
    public Expectation Expect { get; init; } = new();

    /// <summary>The table and its roles; <see cref="DataPlan.None"/> where a program is tuned.</summary>
    public required DataPlan Data { get; init; }

    /// <summary>The program that is tuned instead of trainers on a table. <value>Null.</value></summary>
    public CommandPlan? Command { get; init; }

    /// <summary>What is learned. <value>Null: from the metric, else from the label.</value></summary>
    public LearningTask? Task { get; init; }

    /// <summary>The id of the objective. <value>Null: auc, logloss or rmse by task; for a program <c>score</c>.</value></summary>
    public string? Metric { get; init; }

    /// <summary>How scores are validated.</summary>
    public ValidationPlan Validate { get; init; } = new();

    /// <summary>Ids of the trainers. <value>Empty: every default one that fits the task.</value></summary>
    public IReadOnlyList<string> Trainers { get; init; } = [];

    /// <summary>Changes to the trainers' default spaces: by trainer id, then by hyperparameter. A program's whole space stands under <see cref="CommandPlan.Trainer"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, ParameterEdit>> Space { get; init; }
        = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>>();

    /// <summary>The root of the seed tree. <value>1</value></summary>
    public long Seed { get; init; } = 1;

    /// <summary>When to stop.</summary>
    public BudgetPlan Budget { get; init; } = new();

    /// <summary>Whether every trial runs in a process of its own, which can be ended whatever its trainer does; scores are the same. <value>False.</value></summary>
    public bool Isolate { get; init; }

    /// <summary>Whether an ensemble of good trials is made at the end and lies in the winner's zip. <value>False.</value></summary>
    public bool Ensemble { get; init; }

    /// <summary>The stages in order, the last one <c>confirm</c>. <value>Empty: <c>auto</c>, made from the table's size and the budget.</value></summary>
    public IReadOnlyList<StagePlan> Stages { get; init; } = [];

    /// <summary>Where the files go.</summary>
    public required OutputPlan Output { get; init; }
}

/// <summary>The expected answer: winner against a rival, or a score reached.</summary>
public sealed record Expectation
{
    /// <summary>Whom the winner of this experiment is called as a rival.</summary>
    public const string Winner = "best";

    /// <summary>What the best of the trainers' defaults is called as a rival.</summary>
    public const string Default = "default";

    /// <summary>What a stored experiment is called as a rival where others have its name.</summary>
    public static string RivalOf(ExperimentRecord record) => string.Create(CultureInfo.InvariantCulture, $"{record.Name}#{record.Id}");

    /// <summary>The rival to beat: <c>default</c> (the best of the trainers' defaults), a trainer's id, or another experiment's name, of several the last, or name and number (<c>churn#5</c>). <value>default; null when <see cref="AtLeast"/> or <see cref="Within"/> is given</value></summary>
    public string? Beats { get; init; } = Default;

    /// <summary>By how much at least, in the metric's unit, or as a fraction of the rival's score when <see cref="Relative"/>. <value>0</value></summary>
    public double By { get; init; }

    /// <summary>How much worse than <see cref="Of"/> one may be, in the same units; at least 0. <value>Null: a rival is to be beaten.</value></summary>
    public double? Within { get; init; }

    /// <summary>The rival to stay near to: as <see cref="Beats"/>, or <c>best</c>, this experiment's winner. <value>Null; with <see cref="Within"/> <c>default</c>, and <c>best</c> where <see cref="Trainer"/> is given</value></summary>
    public string? Of { get; init; }

    /// <summary>Whether <see cref="By"/> or <see cref="Within"/> was written as a percentage. <value>False.</value></summary>
    public bool Relative { get; init; }

    /// <summary>How many times as fast as the rival its fits have to be, above 0. <value>Null: speed does not matter.</value></summary>
    public double? FasterBy { get; init; }

    /// <summary>The trainer whose best trial is judged. <value>Null: the winner.</value></summary>
    public string? Trainer { get; init; }

    /// <summary>The metric that decides. <value>Null: the objective.</value></summary>
    public string? Metric { get; init; }

    /// <summary>The score to reach on the holdout (at most it, where less is better). <value>Null: a rival is to be beaten.</value></summary>
    public double? AtLeast { get; init; }

    /// <summary>The rival's name, to beat or to stay near to; null when a score is to be reached.</summary>
    public string? Rival => AtLeast is not null ? null : Within is null ? Beats : Of;

    /// <summary>What is judged, in words.</summary>
    public string Subject => Trainer ?? "the winner";
}

/// <summary>Which file, and what its columns are.</summary>
public sealed record DataPlan
{
    /// <summary>No data: a program is tuned.</summary>
    public static DataPlan None { get; } = new() { File = "", Roles = new DataRoles { Label = "" } };

    /// <summary>The CSV file, absolute.</summary>
    public required string File { get; init; }

    /// <summary>Which column is what.</summary>
    public required DataRoles Roles { get; init; }

    /// <summary>Column types that override the inferred ones, by column. <value>Empty.</value></summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>Texts that stand for a missing value. <value>Null: empty, NA, NaN, null, ?</value></summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>The field separator. <value>Null: found from the first lines among comma, semicolon, tab and bar.</value></summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first line names the columns. <value>Null: found from the first lines.</value></summary>
    public bool? Header { get; init; }
}

/// <summary>How the rows are parted.</summary>
public sealed record ValidationPlan
{
    /// <summary>How often a program is run for each trial, each time with a seed of its own: it has no rows that could be parted.</summary>
    public static ValidationPlan Seeds(int repeats) => new() { Folds = 0, Holdout = 0, Repeats = repeats };

    /// <summary>Folds per repeat; 0 for a program. <value>5</value></summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often each trial's cross-validation is repeated. <value>1</value></summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The fraction of rows set aside first and never searched on. <value>0.2; 0 for <c>kind: given</c></value></summary>
    public double Holdout { get; init; } = 0.2;

    /// <summary>The splitter's id. <value>Null: time when a time column is named, group when a group column is, else stratified or, for regression, kfold.</value></summary>
    public string? Kind { get; init; }

    /// <summary>The column that says train or valid, for <c>kind: given</c>. <value>Null.</value></summary>
    public string? Column { get; init; }

    /// <summary>Outer folds: the whole search is run once more without each of them, and they decide instead of a holdout. <value>Null: a holdout decides.</value></summary>
    public int? Nested { get; init; }

    /// <summary>Which outer fold is the holdout, from 1 to <see cref="Nested"/>: one of the searches that <see cref="Nested"/> asks for. <value>Null: none, it is all of them that are asked for.</value></summary>
    public int? Outer { get; init; }
}

/// <summary>A change to one hyperparameter of a trainer's space. What is null stays as the trainer has it.</summary>
public sealed record ParameterEdit
{
    /// <summary>Lowest value.</summary>
    public double? Low { get; init; }

    /// <summary>Highest value.</summary>
    public double? High { get; init; }

    /// <summary>Linear or log.</summary>
    public Space.Scale? Scale { get; init; }

    /// <summary>Step between values.</summary>
    public double? Step { get; init; }

    /// <summary>The choices left.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>One value: the hyperparameter is not searched.</summary>
    public Space.ParameterValue? Fixed { get; init; }

    /// <summary>The value to start from; for a program's parameters only. <value>Null: the middle of the range, the first choice.</value></summary>
    public Space.ParameterValue? Default { get; init; }

    /// <summary>Whether only whole numbers are meant; for a program's parameters only. <value>False.</value></summary>
    public bool Whole { get; init; }

    /// <summary>Where it stands in the file, for errors: <c>churn.yaml line 14</c>.</summary>
    public string Where { get; init; } = "";
}

/// <summary>When to stop. Whatever is reached first; confirm and export always follow.</summary>
public sealed record BudgetPlan
{
    /// <summary>Active wall time from process start to the written zip, over all resumptions. <value>Null: no limit.</value></summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Trials, confirm's not counted. <value>Null; 100 when nothing else limits.</value></summary>
    public int? Trials { get; init; }

    /// <summary>A validation score of the objective that is good enough. <value>Null.</value></summary>
    public double? Target { get; init; }

    /// <summary>Trials without improvement after which a stage ends. <value>Null: no such limit.</value></summary>
    public int? Patience { get; init; }

    /// <summary>The local time of day at which all must be done. <value>Null.</value></summary>
    public TimeOnly? Deadline { get; init; }

    /// <summary>Resident memory in bytes of the process and of those that its trials run in, added up, that new folds must not push over. <value>Null.</value></summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The longest that one trial's fold may train; over it the trial fails. <value>Null.</value></summary>
    public TimeSpan? TrialTime { get; init; }

    /// <summary>Resident memory in bytes of the process that a trial runs in; over it the trial fails. Asks for such processes, as <see cref="ExperimentPlan.Isolate"/> does. <value>Null.</value></summary>
    public long? TrialMemoryBytes { get; init; }
}

/// <summary>What there can be less of.</summary>
public enum FidelityKind
{
    /// <summary>Training rows: each further rung is trained from the beginning.</summary>
    Rows,

    /// <summary>Rounds: runs go on where they stopped.</summary>
    Rounds,

    /// <summary>Folds: the first one, then more of them.</summary>
    Folds,
}

/// <summary>One stage as the file has it. Null: not given.</summary>
public sealed record StagePlan
{
    /// <summary>Its name: <c>coarse</c>, <c>refine</c>, <c>polish</c> and <c>confirm</c> have a meaning of their own, others are searched like coarse.</summary>
    public required string Name { get; init; }

    /// <summary>The sampler's id. <value>random; refine: sobol; polish: gp</value></summary>
    public string? Sampler { get; init; }

    /// <summary>Trials per pass, over all trainers. <value>Null: what the others leave of the budget, by its share among those that do not say</value></summary>
    public int? Trials { get; init; }

    /// <summary>Passes; those of refine each in a smaller hypercube, unless the sampler finds its region itself. <value>1</value></summary>
    public int Passes { get; init; } = 1;

    /// <summary>The best share of a trainer's trials around which the hypercube shrinks, in (0, 1]. <value>0.2</value></summary>
    public double Keep { get; init; } = 0.2;

    /// <summary>The factor by which each side that matters shrinks, in (0, 1); the others shrink less. A sampler that finds its region itself has the whole space. <value>0.5</value></summary>
    public double Shrink { get; init; } = 0.5;

    /// <summary>Whether its passes look in smaller and smaller hypercubes: refine does, unless its sampler finds its region itself.</summary>
    public bool Shrinks => Name == "refine" && SamplerCatalog.Find(Sampler ?? "")?.FindsItsRegion != true;

    /// <summary>The fraction of each fold's training rows, in (0, 1]. <value>1</value></summary>
    public double Rows { get; init; } = 1;

    /// <summary>The fraction of the configuration's rounds that a trial is given, in (0, 1]; its run is paused there and may go on later. <value>1</value></summary>
    public double Rounds { get; init; } = 1;

    /// <summary>On how many of the folds a trial is scored, the first ones. <value>Null: all; 1 where <see cref="Over"/> is folds</value></summary>
    public int? Folds { get; init; }

    /// <summary>Successive halving: of a pass's trials the best part, one over this, goes on with this times the rows (or what <see cref="Over"/> says), up to all; at least 2. Each further pass begins with as many more. <value>Null: all trials are given the same.</value></summary>
    public int? Halving { get; init; }

    /// <summary>What <see cref="Halving"/> gives more of. <value>Rows.</value></summary>
    public FidelityKind Over { get; init; }

    /// <summary>What ends trials that are behind: <c>paired</c>, <c>median</c> or <c>none</c>. <value>paired; median for a program</value></summary>
    public string? Prune { get; init; }

    /// <summary>With how many of its starting points, configurations that did well on other tables, a trainer's turns in the stage begin. <value>0; <c>auto</c> has some where a table is large</value></summary>
    public int Starts { get; init; }

    /// <summary>The stage's part of <c>budget.time</c>, and of the trials where it does not say how many. <value>Null: 0.35, 0.30, 0.25, 0.10</value></summary>
    public double? Share { get; init; }

    /// <summary>Confirm: how many finalists. <value>3</value></summary>
    public int Top { get; init; } = 3;

    /// <summary>Confirm: repeats of the cross-validation on fresh splits. <value>5</value></summary>
    public int Repeats { get; init; } = 5;
}

/// <summary>Where the files go.</summary>
public sealed record OutputPlan
{
    /// <summary>The folder, absolute. <value><c>runs/NAME</c> in the experiment file's folder.</value></summary>
    public required string Folder { get; init; }

    /// <summary>How many model zips are kept. <value>1</value></summary>
    public int KeepModels { get; init; } = 1;

    /// <summary>Whether the winner is fitted again on all rows but the holdout. <value>True.</value></summary>
    public bool Refit { get; init; } = true;
}
