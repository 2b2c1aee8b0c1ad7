using TuneLab.Metrics;
using TuneLab.Pruners;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>One trainer's part of the search: its hypercube now, its trials so far, and whether it is still in. Used by the search's thread only.</summary>
internal sealed class Lane(PlannedTrainer trainer, Objective objective, int features, int outputs, long trainingRows)
{
    private readonly List<(FinishedTrial Trial, Observation Seen)> _trials = [];
    private readonly Dictionary<int, double[]> _points = [];
    private readonly Dictionary<int, FoldReference> _references = [];
    private readonly HashSet<(string Configuration, Fidelity Fidelity)> _tried = [];
    private readonly Dictionary<int, (string Configuration, Fidelity Fidelity)> _underWay = [];
    private readonly List<(string Configuration, Fidelity Fidelity)> _parted = [];

    /// <summary>Who learns, over which space.</summary>
    public PlannedTrainer Trainer { get; } = trainer;

    /// <summary>The trainer's id.</summary>
    public string Id => Trainer.Trainer.Info.Id;

    /// <summary>Work units of its default on all training rows.</summary>
    public double DefaultCost { get; } = trainer.Trainer.Info.Cost(trainer.Default, trainingRows, features, outputs);

    /// <summary>All of its space.</summary>
    public Hypercube Whole { get; } = Hypercube.Whole(trainer.Space);

    /// <summary>Where it is searched now by samplers that do not find their region themselves. <value><see cref="Whole"/>.</value></summary>
    public Hypercube Box { get => field ?? Whole; set; }

    /// <summary>The fidelity whose ranking shrank <see cref="Box"/> last; null while it is the whole space.</summary>
    public Fidelity? ShrunkBy { get; set; }

    /// <summary>Why it is out; null while it is in.</summary>
    public string? Dropped { get; private set; }

    /// <summary>The fidelity whose ranking it is out by; null while it is in, or where it was no ranking.</summary>
    public Fidelity? DroppedBy { get; private set; }

    /// <summary>Whether it comes back where the search begins again.</summary>
    public bool SitsOut { get; private set; }

    /// <summary>Its finished trials in the order of their numbers.</summary>
    public IEnumerable<FinishedTrial> Trials => _trials.Select(t => t.Trial);

    /// <summary>Work units of its finished trials.</summary>
    public double Cost => _trials.Sum(t => t.Seen.Cost);

    /// <summary>Takes it out.</summary>
    /// <param name="why">In words.</param>
    /// <param name="by">The fidelity whose ranking says so; null where none does.</param>
    /// <param name="sitsOut">Whether it may come back where the search begins again.</param>
    public void Drop(string why, Fidelity? by, bool sitsOut) => (Dropped, DroppedBy, SitsOut) = (why, by, sitsOut);

    /// <summary>It is in again.</summary>
    public void ComeBack() => (Dropped, DroppedBy, SitsOut) = (null, null, false);

    /// <summary>The configuration at a point of the space: what is not searched keeps its default.</summary>
    public Configuration At(double[] point) => Trainer.Space.FromUnit(Id, point, Trainer.Default);

    /// <summary>Notes that a configuration is proposed at that fidelity.</summary>
    public void Propose(int number, double[] point, Configuration configuration, Fidelity fidelity)
    {
        _points[number] = point;
        if (fidelity.Rounds < 1)
        {
            _parted.Add((configuration.Canonical, fidelity));
        }

        if (_tried.Add((configuration.Canonical, fidelity)))
        {
            _underWay[number] = (configuration.Canonical, fidelity);
        }
    }

    /// <summary>Takes back a proposal.</summary>
    public void Withdraw(int number)
    {
        _points.Remove(number);
        if (_underWay.Remove(number, out var proposed))
        {
            _tried.Remove(proposed);
            _parted.Remove(proposed);
        }
    }

    /// <summary>Takes back what was proposed and has not finished: it may be proposed again.</summary>
    public void Abandon()
    {
        foreach (var (number, proposed) in _underWay)
        {
            _tried.Remove(proposed);
            _points.Remove(number);
        }

        _underWay.Clear();
    }

    /// <summary>Whether it was proposed at that fidelity.</summary>
    public bool HasTried(Configuration configuration, Fidelity fidelity) => _tried.Contains((configuration.Canonical, fidelity));

    /// <summary>What came of it at that fidelity, by a trial numbered below <paramref name="before"/>; null when none has.</summary>
    public Observation? Answer(Configuration configuration, Fidelity fidelity, long before)
        => TrialsBefore(before).Where(t => t.Trial.Fidelity == fidelity && t.Trial.Configuration.Canonical == configuration.Canonical).Select(t => t.Seen).FirstOrDefault();

    /// <summary>The most of its rounds that a configuration was given before on the same rows, if less than now: where its runs may be paused; null when it never was.</summary>
    public double? RoundsBefore(Configuration configuration, Fidelity now)
        => _parted.Where(t => t.Fidelity.Rounds < now.Rounds && t.Fidelity.Rows == now.Rows && t.Configuration == configuration.Canonical).Select(t => (double?)t.Fidelity.Rounds).Max();

    /// <summary>What the folds of a trial may be compared with: its finished trials numbered below <paramref name="before"/> at the same fidelity, none failed.</summary>
    public IReadOnlyList<FoldLosses> Compare(int number, long before, Fidelity fidelity, int folds)
    {
        FoldLosses[] finished = [.. TrialsBefore(before).Where(t => t.Trial.Fidelity == fidelity && t.Trial.Status != TrialStatus.Failed).Select(t => Folds(t.Trial, folds))];
        if (FoldReference.Of(finished) is { } reference)
        {
            _references[number] = reference;
        }

        return finished;
    }

    /// <summary>Takes in a finished trial.</summary>
    public void Add(FinishedTrial trial)
    {
        _underWay.Remove(trial.Number);
        var point = _points.GetValueOrDefault(trial.Number) ?? Trainer.Space.ToUnit(trial.Configuration);
        var loss = trial.Status == TrialStatus.Failed ? double.NaN : Loss(trial);
        var status = trial.Status == TrialStatus.Failed || double.IsNaN(loss) ? ObservationStatus.Failed : trial.Status == TrialStatus.Pruned ? ObservationStatus.Pruned : ObservationStatus.Completed;
        var cost = Trainer.Trainer.Info.Cost(trial.Configuration, (long)(trainingRows * trial.Rows), features, outputs) * trial.RoundFraction * Math.Max(1, trial.Scores.Length);
        var index = _trials.FindLastIndex(t => t.Trial.Number < trial.Number) + 1;
        _trials.Insert(index, (trial, new Observation(trial.Number, trial.Pass, point, loss, status, trial.Fidelity.Share, cost)));
    }

    /// <summary>What a proposal for trial <paramref name="number"/> may depend on under that lag.</summary>
    public SearchHistory HistoryBefore(long number) => new([.. TrialsBefore(number).Select(t => t.Seen)]);

    /// <summary>The points of its trials numbered <paramref name="number"/> and above, in their order.</summary>
    public IReadOnlyList<double[]> PointsFrom(long number) => [.. _points.Where(p => p.Key >= number).OrderBy(p => p.Key).Select(p => p.Value)];

    /// <summary>Its finished trials numbered below <paramref name="number"/>, in their order.</summary>
    public IEnumerable<(FinishedTrial Trial, Observation Seen)> TrialsBefore(long number) => _trials.TakeWhile(t => t.Trial.Number < number);

    /// <summary>Its completed trials at a fidelity, best first, ties by number.</summary>
    public IReadOnlyList<(FinishedTrial Trial, Observation Seen)> Ranked(Fidelity fidelity)
        => [.. _trials.Where(t => t.Seen.Status == ObservationStatus.Completed && t.Trial.Fidelity == fidelity).OrderBy(t => t.Seen.Loss).ThenBy(t => t.Trial.Number)];

    /// <summary>Its pruned trials at a fidelity, by the loss that was to be expected.</summary>
    public IEnumerable<Observation> PrunedAt(Fidelity fidelity)
        => _trials.Where(t => t.Seen.Status == ObservationStatus.Pruned && t.Trial.Fidelity == fidelity).OrderBy(t => t.Seen.Loss).ThenBy(t => t.Trial.Number).Select(t => t.Seen);

    /// <summary>The losses of its completed and pruned trials at a fidelity by configuration.</summary>
    public IReadOnlyDictionary<string, double> LossesAt(Fidelity fidelity)
        => _trials.Where(t => t.Trial.Fidelity == fidelity && t.Seen.Status != ObservationStatus.Failed).GroupBy(t => t.Trial.Configuration.Canonical, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Seen.Loss, StringComparer.Ordinal);

    /// <summary>
    /// The fidelity whose trials say most about where to look now: that of the latest pass with enough of them, else the one with the most trials; those that rank badly only where there is nothing else.
    /// </summary>
    public Fidelity RankingFidelity(int enough, IReadOnlyCollection<Fidelity> except)
        => ByFidelity(except).Where(g => g.Count() >= enough).MaxBy(g => g.Max(t => t.Trial.Pass))?.Key ?? MostTrials(except);

    /// <summary>The fidelity with the most completed trials; one that ranks badly only where there is nothing else.</summary>
    public Fidelity MostTrials(IReadOnlyCollection<Fidelity> except) => ByFidelity(except).MaxBy(g => g.Count())?.Key ?? Fidelity.Full;

    private List<IGrouping<Fidelity, (FinishedTrial Trial, Observation Seen)>> ByFidelity(IReadOnlyCollection<Fidelity> except)
    {
        var groups = _trials.Where(t => t.Seen.Status == ObservationStatus.Completed).GroupBy(t => t.Trial.Fidelity).ToList();
        return groups.Exists(g => !except.Contains(g.Key)) ? groups.FindAll(g => !except.Contains(g.Key)) : groups;
    }

    // folds are not equally hard: what is missing is expected to lie behind the reference as what is there does
    private double Loss(FinishedTrial trial)
        => trial.Status == TrialStatus.Pruned && _references.TryGetValue(trial.Number, out var reference) && trial.Scores.Length < reference.Trial.Folds
            ? reference.Project(Folds(trial, reference.Trial.Folds).Losses) : objective.HigherIsBetter ? -trial.Score : trial.Score;

    private FoldLosses Folds(FinishedTrial trial, int folds) => new(trial.Number, objective.HigherIsBetter ? [.. trial.Scores.Select(s => -s)] : trial.Scores, folds);
}
