using TuneLab.Data;
using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files.Sections;

/// <summary>The whole file.</summary>
internal sealed class ExperimentSection : SectionShape<ExperimentPlan>
{
    private readonly Key<string> _name;
    private readonly Key<string> _question;
    private readonly Key<string> _hypothesis;
    private readonly Key<Expectation> _expect;
    private readonly Key<DataPlan> _data;
    private readonly Key<LearningTask> _task;
    private readonly Key<string> _metric;
    private readonly Key<ValidationPlan> _validate;
    private readonly Key<IReadOnlyList<string>> _trainers;
    private readonly Key<IReadOnlyDictionary<string, IReadOnlyDictionary<string, ParameterEdit>>> _space;
    private readonly Key<long> _seed;
    private readonly Key<BudgetPlan> _budget;
    private readonly Key<bool> _isolate;
    private readonly Key<IReadOnlyList<StagePlan>> _stages;
    private readonly Key<OutputPlan> _output;

    public ExperimentSection()
    {
        _name = Optional("name", new TextShape("a short name"), "A short name. Left out: this file's name.");
        _question = Optional("question", new TextShape(), "What is asked.");
        _hypothesis = Optional("hypothesis", new TextShape(), "What one believes the answer to be.");
        _expect = Optional("expect", new ExpectSection(), "The expected answer, decided on the holdout. Left out: the winner beats the best default.");
        _data = Required("data", new DataSection(), "Which file, and what its columns are; it needs 'file' and 'label'.");
        _task = Optional("task", Names.Tasks, "What is learned. Left out: from the metric, else from the label.");
        _metric = Optional("metric", Names.Metrics, "What ranks the trials. Left out: auc, logloss or rmse by task.");
        _validate = Optional("validate", new ValidateSection(), "How the rows are parted.");
        _trainers = Default("trainers", new ListShape<string>(Names.Trainer, "trainers", single: true), [], "The trainers to search. Left out: every default one that fits the task.");
        _space = Optional("space", new MapShape<IReadOnlyDictionary<string, ParameterEdit>>(
            new MapShape<ParameterEdit>(new ParameterEditShape(), "hyperparameters and what is searched of them"), "trainers and their hyperparameters"),
            "Changes to the trainers' default spaces: by trainer, then by hyperparameter.");
        _seed = Default("seed", new WholeShape<long>(new NumberLimits()), 1, "The root of all randomness but the holdout's.");
        _budget = Optional("budget", new BudgetSection(), "When to stop; whatever is reached first. Confirm and export always follow.");
        _isolate = Optional("isolate", new FlagShape(), "Run every trial in a process of its own, which is ended when it crashes, hangs or goes over a limit; scores are the same. Left out: false, but trainers of ML.NET always run so.");
        _stages = Default("stages", new ListShape<StagePlan>(new StageSection(), "stages", word: "auto"), [], "The steps of the search. auto: made from the table's size and the budget, and printed.");
        _output = Optional("output", new OutputSection(), "Where the files go.");
    }

    protected override ExperimentPlan Build(SectionReader section)
    {
        var name = section.Get(_name) ?? section.Context.DefaultName;
        var data = section.Get(_data);
        var validate = section.Get(_validate) ?? new ValidationPlan();
        var trainers = section.Get(_trainers)!;
        CheckSplit(section, data, validate);
        if (trainers.GroupBy(t => t).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            section.Faults.Add(section.NodeOf(_trainers), $"'trainers' lists '{twice.Key}' twice.");
        }

        var output = section.Get(_output) ?? new OutputPlan { Folder = "" };
        return new ExperimentPlan
        {
            Name = name,
            Question = section.Get(_question),
            Hypothesis = section.Get(_hypothesis),
            Expect = section.Get(_expect) ?? new Expectation(),
            Data = data is null ? new DataPlan { File = "", Roles = new DataRoles { Label = "" } } : data with { Roles = data.Roles with { Split = validate.Column } },
            Task = section.Maybe(_task),
            Metric = section.Get(_metric),
            Validate = validate,
            Trainers = trainers,
            Space = section.Get(_space) ?? new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>>(),
            Seed = section.Get(_seed),
            Budget = section.Get(_budget) ?? new BudgetPlan(),
            Isolate = section.Maybe(_isolate) ?? false,
            Stages = Stages(section),
            Output = output.Folder.Length > 0 ? output : output with { Folder = DefaultFolder(section.Context.Folder, name) },
        };
    }

    protected override void Put(SectionWriter section, ExperimentPlan value)
    {
        section.Put(_name, value.Name);
        section.Put(_question, value.Question);
        section.Put(_hypothesis, value.Hypothesis);
        section.Put(_expect, value.Expect);
        section.Put(_data, value.Data);
        section.Put(_task, value.Task);
        section.Put(_metric, value.Metric);
        section.Put(_validate, value.Validate);
        section.Put(_trainers, value.Trainers);
        section.Put(_space, value.Space);
        section.Put(_seed, value.Seed);
        section.Put(_budget, value.Budget);
        section.Put(_isolate, value.Isolate ? true : null);
        section.Put(_stages, value.Stages);
        section.Put(_output, value.Output);
    }

    private void CheckSplit(SectionReader section, DataPlan? data, ValidationPlan validate)
    {
        if (data is null)
        {
            return;
        }

        if (validate.Kind == "time" && data.Roles.Time is null)
        {
            section.Faults.Add(section.NodeOf(_validate), "'validate.kind' is time, which needs 'data.time': the column that orders the rows.");
        }

        if (validate.Kind == "group" && data.Roles.Group is null)
        {
            section.Faults.Add(section.NodeOf(_validate), "'validate.kind' is group, which needs 'data.group': the column whose equal values stay together.");
        }

        if (validate.Column is { } column && column == data.Roles.Label)
        {
            section.Faults.Add(section.NodeOf(_validate), $"'validate.column' is '{column}', which is the label; name another column.");
        }
    }

    private List<StagePlan> Stages(SectionReader section)
    {
        List<StagePlan> stages = [.. section.Get(_stages)!];
        if (stages.Count == 0)
        {
            return stages;
        }

        var node = section.NodeOf(_stages);
        foreach (var twice in stages.GroupBy(s => s.Name).Where(g => g.Count() > 1 && g.Key.Length > 0))
        {
            section.Faults.Add(node, $"'stages' has two stages named '{twice.Key}'; give each a name of its own, or one of them more passes.");
        }

        var confirm = stages.FindIndex(s => s.Name == Names.Confirm);
        if (confirm >= 0 && confirm < stages.Count - 1)
        {
            section.Faults.Add(((ListNode)node).Items[confirm], $"the stage confirm must be the last one, but '{stages[^1].Name}' follows it; move confirm to the end.");
        }

        if (stages.Sum(s => s.Share ?? 0) > 1 + 1e-9)
        {
            section.Faults.Add(node, string.Create(CultureInfo.InvariantCulture, $"the shares of 'stages' add up to {stages.Sum(s => s.Share ?? 0):0.###}; together they are at most 1."));
        }

        if (confirm < 0)
        {
            stages.Add(new StagePlan { Name = Names.Confirm }); // what is exported has been confirmed, whatever the stages
        }

        return stages;
    }

    private static string DefaultFolder(string folder, string name)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' || (char.IsLetterOrDigit(c) && c > 127) ? c : '-')).Trim('.');
        return Path.GetFullPath(Path.Combine("runs", safe.Length == 0 ? "experiment" : safe), folder);
    }
}
