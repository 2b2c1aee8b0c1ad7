using System.Text.Json.Nodes;
using TuneLab.Data;
using TuneLab.Experiments.Commands;
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
    private readonly Key<PlannedMetric> _metric;
    private readonly Key<ValidationPlan> _validate;
    private readonly Key<IReadOnlyList<string>> _trainers;
    private readonly Key<string> _trainer;
    private readonly Key<string> _run;
    private readonly Key<IReadOnlyList<string>> _inputs;
    private readonly Key<int> _rounds;
    private readonly Key<IReadOnlyDictionary<string, IReadOnlyDictionary<string, ParameterEdit>>> _space;
    private readonly Key<IReadOnlyDictionary<string, IReadOnlyDictionary<string, ParameterEdit>>> _parameters;
    private readonly Key<long> _seed;
    private readonly Key<BudgetPlan> _budget;
    private readonly Key<bool> _isolate;
    private readonly Key<bool> _ensemble;
    private readonly Key<IReadOnlyList<StagePlan>> _stages;
    private readonly Key<OutputPlan> _output;

    public ExperimentSection()
    {
        _name = Optional("name", new TextShape("a short name"), "A short name. Left out: this file's name.");
        _question = Optional("question", new TextShape(), "What is asked.");
        _hypothesis = Optional("hypothesis", new TextShape(), "What one believes the answer to be.");
        _expect = Optional("expect", new ExpectSection(), "The expected answer, decided on the holdout. Left out: the winner beats the best default.");
        _data = Optional("data", new DataSection(), "Which file, and what its columns are; it needs 'file' and 'label'.");
        _task = Optional("task", Names.Tasks, "What is learned. Left out: from the metric, else from the label.");
        _metric = Optional("metric", new MetricShape(), "What ranks the trials. Left out: auc, logloss or rmse by task. Of a program: { name: score, direction: maximize }, which is also what counts when it is left out.");
        _validate = Optional("validate", new ValidateSection(), "How the rows are parted.");
        _trainers = Default("trainers", new ListShape<string>(Names.Trainer, "trainers", single: true), [], "The trainers to search. Left out: every default one that fits the task.");
        _trainer = Optional("trainer", new NameShape<string>([new(CommandPlan.Trainer, CommandPlan.Trainer)]), "command: a program of your own is tuned, which needs 'run' and 'space' and no 'data'.");
        _run = Optional("run", new TextShape("a program with its arguments, like python train.py --lr {learning_rate}"),
            "trainer: command: the program and its arguments, with a placeholder {name} for each parameter of 'space', and {rows} (a fraction), {rounds} and {seed} where it takes them. Quotes keep words together; no shell reads it. It runs in this file's folder and prints its score as a line of JSON.");
        _inputs = Default("inputs", new ListShape<string>(new TextShape("the path of a file or folder"), "files and folders", single: true), [],
            "trainer: command: files and folders whose contents decide the score, like the program's source; relative to this file's folder. When they change, nothing stored is taken for theirs.");
        _rounds = Optional("rounds", Names.WholeFrom(1), "trainer: command: what {rounds} is filled with.");
        const string Space = "Changes to the trainers' default spaces: by trainer, then by hyperparameter. With trainer: command, the parameters of the program.";
        _space = Optional("space", new SpaceShape(program: false), Space);
        _parameters = new Key<IReadOnlyDictionary<string, IReadOnlyDictionary<string, ParameterEdit>>>(_space.Name, new SpaceShape(program: true), Space, false, false, null);
        _seed = Default("seed", new WholeShape<long>(new NumberLimits()), 1, "The root of all randomness but the holdout's.");
        _budget = Optional("budget", new BudgetSection(), "When to stop; whatever is reached first. Confirm and export always follow.");
        _isolate = Optional("isolate", new FlagShape(), "Run every trial in a process of its own, which is ended when it crashes, hangs or goes over a limit; scores are the same. Left out: false, but trainers of ML.NET always run so.");
        _ensemble = Optional("ensemble", new FlagShape(), "At the end, choose a weighted average of good trials by their predictions of the folds of the search, and put it beside the winner: in the report and in the same zip, for tunelab predict --ensemble. Left out: false.");
        _stages = Default("stages", new ListShape<StagePlan>(new StageSection(), "stages", word: "auto"), [], "The steps of the search. auto: made from the table's size and the budget, and printed.");
        _output = Optional("output", new OutputSection(), "Where the files go.");
    }

    public override JsonObject Schema()
    {
        // what stands in 'space' depends on 'trainer'
        var schema = base.Schema();
        schema["properties"]![_space.Name] = new JsonObject { ["description"] = _space.Doc, ["type"] = "object" };
        schema["anyOf"] = new JsonArray(Form([_data], _space), Form([_trainer, _run, _parameters], _parameters));
        return schema;

        static JsonObject Form(IEnumerable<Key> required, Key space) => new()
        {
            ["required"] = new JsonArray([.. required.Select(k => (JsonNode)k.Name)]),
            ["properties"] = new JsonObject { [space.Name] = space.Shape.Schema() },
        };
    }

    protected override ExperimentPlan Build(SectionReader section)
    {
        var name = section.Get(_name) ?? section.Context.DefaultName;
        var command = Command(section);
        var data = section.Get(_data);
        if (command is null && !section.Has(_data) && !section.Has(_trainer))
        {
            section.Faults.Add(section.NodeOf(_data), $"'data' is missing: {_data.Doc}");
        }

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
            Data = data is null ? DataPlan.None : data with { Roles = data.Roles with { Split = validate.Column } },
            Task = section.Maybe(_task),
            Metric = Metric(section, command),
            Command = command,
            Validate = command is null ? validate : ValidationPlan.Seeds(validate.Repeats),
            Trainers = trainers,
            Space = section.Get(command is null ? _space : _parameters) ?? new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>>(),
            Seed = section.Get(_seed),
            Budget = section.Get(_budget) ?? new BudgetPlan(),
            Isolate = section.Maybe(_isolate) ?? false,
            Ensemble = section.Maybe(_ensemble) ?? false,
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
        section.Put(_data, value.Command is null ? value.Data : null);
        section.Put(_task, value.Task);
        section.Put(_metric, value.Metric is null ? null : new PlannedMetric(value.Metric, value.Command?.Maximize));
        section.Put(_validate, value.Validate);
        if (value.Command is { } command)
        {
            section.Put(_trainer, CommandPlan.Trainer);
            section.Put(_run, command.Run);
            section.Put(_inputs, command.Inputs);
            section.Put(_rounds, command.Rounds);
            section.Put(_parameters, value.Space);
        }
        else
        {
            section.Put(_trainers, value.Trainers);
            section.Put(_space, value.Space);
        }

        section.Put(_seed, value.Seed);
        section.Put(_budget, value.Budget);
        section.Put(_isolate, value.Isolate ? true : null);
        section.Put(_ensemble, value.Ensemble ? true : null);
        section.Put(_stages, value.Stages);
        section.Put(_output, value.Output);
    }

    private CommandPlan? Command(SectionReader section)
    {
        if (section.Get(_trainer) is null)
        {
            foreach (var key in new Key[] { _run, _inputs, _rounds }.Where(k => section.Has(k) && !section.Has(_trainer)))
            {
                section.Faults.Add(section.NodeOf(key), $"'{key.Name}' belongs to a program; write trainer: command too, or take it out.");
            }

            return null;
        }

        foreach (var key in new Key[] { _data, _task, _trainers, _isolate, _ensemble }.Where(section.Has))
        {
            section.Faults.Add(section.NodeOf(key), $"'{key.Name}' is for trainers on a table, and 'trainer' is command; take one of them out.");
        }

        foreach (var (name, node) in section.Has(_validate) && section.NodeOf(_validate) is MapNode map ? map.Entries.Where(e => e.Key != "repeats") : [])
        {
            section.Faults.Add(node, $"'validate.{name}' parts rows, and a program has none here; its only key with trainer: command is repeats, the seeds of a trial.");
        }

        if (section.Get(_expect) is { } expect && CommandRules.ExpectationFault(expect) is { } fault)
        {
            section.Faults.Add(section.NodeOf(_expect), fault);
        }

        var run = section.Get(_run);
        foreach (var key in new Key[] { _run, _space }.Where(k => !section.Has(k)))
        {
            section.Faults.Add(section.NodeOf(_trainer), $"'{key.Name}' is missing: {key.Doc}");
        }

        if (run is not null && section.Has(_space) && section.Get(_parameters)?[CommandPlan.Trainer] is { } space)
        {
            CheckSpace(section, run, space);
        }

        return new CommandPlan
        {
            Run = run ?? "",
            Inputs = [.. section.Get(_inputs)!.Select(i => Path.GetFullPath(i, section.Context.Folder))],
            Maximize = section.Get(_metric) is not { } metric || (metric.Maximize ?? MetricShape.DirectionOf(metric.Name)),
            Rounds = section.Maybe(_rounds),
            Folder = section.Context.Folder,
        };
    }

    private void CheckSpace(SectionReader section, string run, IReadOnlyDictionary<string, ParameterEdit> space)
    {
        FileNode NodeOf(string key, string? parameter) => key switch
        {
            "run" => section.NodeOf(_run),
            "rounds" => section.NodeOf(_rounds),
            _ => parameter is null ? section.NodeOf(_space) : ((MapNode)section.NodeOf(_space)).Entries[parameter],
        };
        foreach (var (key, parameter, text) in CommandRules.Faults(run, section.Maybe(_rounds), space))
        {
            section.Faults.Add(NodeOf(key, parameter), text);
        }

        var wrong = new List<(string Parameter, string Text)>();
        CommandSpace.Build(space, wrong);
        foreach (var (parameter, text) in wrong)
        {
            section.Faults.AddPlaced(NodeOf("space", parameter), text);
        }
    }

    private string? Metric(SectionReader section, CommandPlan? command)
    {
        var metric = section.Get(_metric);
        if (command is null && !section.Has(_trainer) && metric?.Maximize is not null)
        {
            section.Faults.Add(section.NodeOf(_metric), $"'metric' has a direction, which only a program's score needs: write a metric's name, or trainer: command too.");
        }

        return metric?.Name ?? (command is null ? null : CommandPlan.DefaultMetric);
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
