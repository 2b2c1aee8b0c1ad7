using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Journal;
using TuneLab.Experiments.Output;
using TuneLab.Metrics;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage;
using TuneLab.Storage.Work;
using TuneLab.Training;

namespace TuneLab.Scheduling.Background;

/// <summary>
/// Goes on with what works: of the experiments that have an answer it takes the one that promises most gain per hour, and makes a further generation of it: a search of bounded length that begins with the
/// best of before, with another seed and so other folds, and its own confirmation. The generation is an experiment of its own whose question is whether its winner beats the best so far on the same holdout; the
/// verdict of the experiment itself stays as it is. One whose last generations were not better beyond doubt is left alone, and one whose last generation failed.
/// <para>What a generation may gain is estimated as FLAML does for a learner (Wang et al. 2021, section 4.2: what the last budget brought), here per hour and in standard deviations of a fold's score, so that
/// experiments with other metrics can be compared. Experiments that tune a program, have no holdout or were refuted are not gone on with.</para>
/// </summary>
/// <param name="trials">What is known.</param>
/// <param name="queue">What was made of it.</param>
/// <param name="trainers">The trainers of this build: a generation is made of data that are still what they were.</param>
/// <param name="settings">How long a generation searches, and when an experiment is left alone.</param>
public sealed class BackgroundTuning(ITrialStore trials, IWorkStore queue, TrainerCatalog trainers, BackgroundSettings settings) : IFurtherWork
{
    /// <summary>The priority of what it queues: anything that somebody queues goes before.</summary>
    public const int Priority = -1001;

    private const string Generations = ", generation ";
    private const int MostTrainers = 2;
    private const int FirstTrials = 8;

    private readonly Dictionary<long, ((long Bytes, DateTime Written) Stamp, bool Same)> _onTheSameData = [];

    /// <inheritdoc/>
    public FurtherWork Find()
    {
        var answers = Answers();
        var lineages = Lineages(answers);
        var open = lineages.Where(l => !l.IsOpen && l.Failure is null && l.WithoutGain < settings.Plateau).OrderByDescending(l => l.ExpectedRate).ThenBy(l => l.Generations.Count).ThenBy(l => l.Root.Id);
        foreach (var lineage in open)
        {
            if (TryNext(lineage, answers) is { } entry)
            {
                return new FurtherWork(entry, $"going on with {lineage.Root.Name}: {(lineages.Count == 1 ? "it is the only one with an answer" : $"of {lineages.Count} experiments it promises the most gain per hour")}");
            }
        }

        return new FurtherWork(null, Nothing(lineages));
    }

    // those of experiments, no notes
    private Dictionary<long, JournalEntry> Answers() => JournalReader.Read(trials, []).Where(a => a is { ExperimentId: not null, Winner: not null }).ToDictionary(a => a.ExperimentId!.Value);

    // what could be gone on with, by root
    private List<Lineage> Lineages(Dictionary<long, JournalEntry> answers)
    {
        var entries = queue.Entries().Where(e => e.Parent is not null).ToList();
        var records = trials.Experiments();
        // a generation is none of its own, also where its entry was removed
        var made = entries.Select(e => e.Experiment).OfType<long>().Concat(records.Where(r => records.Any(of => NumberOf(r, of) is not null)).Select(r => r.Id)).ToHashSet();
        var roots = records.Where(r => r.State == ExperimentState.Finished && !made.Contains(r.Id) && answers.TryGetValue(r.Id, out var a) && a.Verdict!.Outcome != VerdictOutcome.Refuted && a.Winner!.Holdout is not null)
            .GroupBy(r => (r.Fingerprint, answers[r.Id].Metric)).Select(g => g.Last());
        return [.. roots.Select(root => Of(root, answers, [.. entries.Where(e => e.Parent == root.Id).OrderBy(e => e.Id)], records)).OfType<Lineage>()];
    }

    private Lineage? Of(ExperimentRecord root, Dictionary<long, JournalEntry> answers, List<QueueEntry> entries, IReadOnlyList<ExperimentRecord> records)
    {
        if (StoredObjective.Of(root) is not { } objective)
        {
            return null; // of a build that knew another metric
        }

        var ranked = RankedTrials.Of(trials.Trials(root.Id), objective).ToList();
        var unit = ranked.Count > 0 && ranked[0].Deviation > 0 ? ranked[0].Deviation : double.NaN;
        if (double.IsNaN(unit))
        {
            return null; // one fold, or a score that nothing changes: no unit to measure gains in
        }

        var generations = new List<Generation>();
        foreach (var entry in entries.Where(e => e.Ended))
        {
            var answer = entry.Experiment is { } id ? answers.GetValueOrDefault(id) : null;
            var hours = records.FirstOrDefault(r => r.Id == entry.Experiment)?.ActiveSeconds / 3600 ?? 0;
            var better = entry.State == QueueState.Done && answer?.Verdict is { Outcome: VerdictOutcome.Supported };
            generations.Add(new Generation(generations.Count + 2, entry.Name, answer?.Verdict is { } verdict && double.IsFinite(verdict.Effect) ? Math.Max(0, verdict.Effect) / unit : 0, better, hours, entry.Experiment, entry.State == QueueState.Failed ? entry.Reason : null));
        }

        return new Lineage(root, FirstRate(ranked, objective, unit), generations, entries.Any(e => !e.Ended));
    }

    // the best of all against the best of the first half of the search's time
    private static double FirstRate(List<FinishedTrial> ranked, Objective objective, double unit)
    {
        var (begin, end) = (ranked.Min(t => t.StartedSeconds), ranked.Max(t => t.FinishedSeconds));
        var half = (end - begin) / 2;
        return half > 0 && ranked.Find(t => t.FinishedSeconds <= begin + half) is { } before ? objective.Gain(ranked[0].Score, before.Score) / unit / (half / 3600) : 0;
    }

    private QueueEntry? TryNext(Lineage lineage, Dictionary<long, JournalEntry> answers)
    {
        try
        {
            var plan = Plan(lineage, answers[lineage.Best]);
            if (!IsOnTheSameData(plan, lineage.Root))
            {
                return null; // other data: the best so far could not be compared with
            }

            return QueueIntake.Of(plan, plan.File ?? Path.Combine(plan.Output.Folder, "experiment.yaml")) with { Priority = Priority, Parent = lineage.Root.Id };
        }
        catch (TuneLabException)
        {
            return null; // its data has gone, or this version does not read its plan
        }
    }

    // a large table is not read each time that somebody looks
    private bool IsOnTheSameData(ExperimentPlan plan, ExperimentRecord root)
    {
        var file = new FileInfo(plan.Data.File);
        var stamp = file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
        if (!_onTheSameData.TryGetValue(root.Id, out var known) || known.Stamp != stamp)
        {
            _onTheSameData[root.Id] = known = (stamp, LoadedExperiment.Load(plan, trainers).Fingerprint == root.Fingerprint);
        }

        return known.Same;
    }

    // which generation of another one an experiment is; null: none
    private static int? NumberOf(ExperimentRecord record, ExperimentRecord of)
        => record.Id != of.Id && record.Fingerprint == of.Fingerprint && record.Name.StartsWith(of.Name + Generations, StringComparison.Ordinal)
            && int.TryParse(record.Name.AsSpan((of.Name + Generations).Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private ExperimentPlan Plan(Lineage lineage, JournalEntry answer)
    {
        var root = PlanReader.Read(lineage.Root.Plan, lineage.Root.Name);
        var folder = Path.GetDirectoryName(FinishedFile(lineage.Root)) ?? root.Output.Folder;
        var records = trials.Experiments();
        var number = Math.Max(lineage.Generations.Count + 1, records.Max(r => NumberOf(r, lineage.Root)) ?? 0) + 1;
        var best = records.First(e => e.Id == lineage.Best);
        var ranked = RankedTrials.Of(trials.Trials(best.Id), StoredObjective.Of(best)!).Select(t => t.Configuration.Trainer);
        string[] chosen = [.. ranked.Prepend(answer.Winner!.Trainer).Distinct().Take(MostTrainers)];
        return root with
        {
            Name = lineage.Root.Name + Generations + number.ToString(CultureInfo.InvariantCulture),
            Question = $"Does more search around the best of '{lineage.Root.Name}' find a better model?",
            Hypothesis = $"Its winner beats that of '{best.Name}'.",
            Expect = new Expectation { Beats = Expectation.RivalOf(best) },
            Trainers = chosen,
            Space = root.Space.Where(s => chosen.Contains(s.Key)).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
            Seed = root.Seed + number - 1,
            Budget = root.Budget with { Time = settings.Slice, Trials = null, Target = null, Patience = null, Deadline = null },
            Stages =
            [
                new StagePlan { Name = "coarse", Trials = FirstTrials, Share = 0.15 },
                new StagePlan { Name = "refine", Passes = 2, Share = 0.3 },
                new StagePlan { Name = "polish", Share = 0.4 },
                new StagePlan { Name = "confirm", Share = 0.15 },
            ],
            Output = root.Output with { Folder = Path.Combine(folder, $"generation-{number}") },
        };
    }

    // a file that the experiment left: its stored plan does not say where they go
    private static string? FinishedFile(ExperimentRecord record) => record.Result is { } json ? ResultJson.Read(json).Files.Values.FirstOrDefault() : null;

    private string Nothing(IReadOnlyList<Lineage> lineages)
    {
        if (lineages.Count == 0)
        {
            return "no experiment has an answer that could be gone on with";
        }

        if (lineages.FirstOrDefault(l => l.Failure is not null) is { } failed && lineages.All(l => l.Failure is not null || l.WithoutGain >= settings.Plateau))
        {
            return $"the last generation of {failed.Root.Name} failed: {failed.Failure}";
        }

        var done = lineages.Where(l => l.WithoutGain >= settings.Plateau).Select(l => $"{l.Root.Name}: {(l.WithoutGain == 1 ? "the last generation was" : $"the last {l.WithoutGain} generations were")} not better beyond doubt").ToList();
        return done.Count > 0 ? "no gain is left (" + string.Join("; ", done) + ")" : "what could be gone on with is queued already, or its data has gone or changed";
    }
}
