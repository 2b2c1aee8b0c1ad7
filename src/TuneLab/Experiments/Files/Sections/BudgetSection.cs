using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files.Sections;

internal sealed class BudgetSection : SectionShape<BudgetPlan>
{
    private readonly Key<TimeSpan> _time;
    private readonly Key<int> _trials;
    private readonly Key<double> _target;
    private readonly Key<int> _patience;
    private readonly Key<TimeOnly> _deadline;
    private readonly Key<long> _memory;
    private readonly Key<TimeSpan> _trialTime;
    private readonly Key<long> _trialMemory;

    public BudgetSection()
    {
        _time = Optional("time", new DurationShape(), "Active wall time from process start to the written model, summed over resumptions: 90s, 5m, 2h, 1d.");
        _trials = Optional("trials", Names.WholeFrom(1), "Trials, confirm's not counted. Left out: 100 when nothing else limits.");
        _target = Optional("target", new NumberShape(), "A validation score of the metric that is good enough.");
        _patience = Optional("patience", Names.WholeFrom(1), "Trials without improvement after which a stage ends.");
        _deadline = Optional("deadline", new ClockShape(), "The local time of day at which all must be done, like \"07:30\".");
        _memory = Optional("memory", new MemoryShape(), "Memory of the process and of those that its trials run in, added up, that new folds must not push over, like 2GB (units of 1024).");
        _trialTime = Optional("trial_time", new DurationShape(), "The longest that one fold of a trial may train; over it the trial fails.");
        _trialMemory = Optional("trial_memory", new MemoryShape(), "Memory of the process that a trial runs in, like 1GB (units of 1024); over it the trial fails. Trials get processes of their own for it, as with isolate.");
    }

    protected override BudgetPlan Build(SectionReader section) => new()
    {
        Time = section.Maybe(_time),
        Trials = section.Maybe(_trials),
        Target = section.Maybe(_target),
        Patience = section.Maybe(_patience),
        Deadline = section.Maybe(_deadline),
        MemoryBytes = section.Maybe(_memory),
        TrialTime = section.Maybe(_trialTime),
        TrialMemoryBytes = section.Maybe(_trialMemory),
    };

    protected override void Put(SectionWriter section, BudgetPlan value)
    {
        section.Put(_time, value.Time);
        section.Put(_trials, value.Trials);
        section.Put(_target, value.Target);
        section.Put(_patience, value.Patience);
        section.Put(_deadline, value.Deadline);
        section.Put(_memory, value.MemoryBytes);
        section.Put(_trialTime, value.TrialTime);
        section.Put(_trialMemory, value.TrialMemoryBytes);
    }
}
