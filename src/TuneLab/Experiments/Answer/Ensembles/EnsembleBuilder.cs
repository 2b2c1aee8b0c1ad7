using TuneLab.Analysis;
using TuneLab.Errors;
using TuneLab.Experiments.Running;
using TuneLab.Experiments.Search;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Storage;
using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.Experiments.Answer.Ensembles;

/// <summary>The ensemble of an answer.</summary>
/// <param name="Summary">What is told; null where there is none.</param>
/// <param name="Export">What lies in the winner's zip; null where there is none.</param>
/// <param name="LeftOut">Why there is none; null where there is one.</param>
internal sealed record EnsembleAnswer(EnsembleSummary? Summary, EnsembleExport? Export, string? LeftOut)
{
    /// <summary>No ensemble, for a reason.</summary>
    public static EnsembleAnswer Without(string reason) => new(null, null, reason);
}

/// <summary>
/// Makes the ensemble at the end of a run, when the winner is there already: candidates, selection on their out-of-fold predictions, refits of the members as the winner was refitted, score on the holdout beside the winner's.
/// </summary>
internal sealed class EnsembleBuilder(LoadedExperiment experiment, SearchState state, FinalFits finals, OutOfFold outOfFold, RunOptions options, TimeProvider time)
{
    // of what the search keeps back, for selecting; the refits of this many members come on top
    private const double SelectionShare = 0.02;
    private const int MembersExpected = 6;

    // what fits of missing predictions may take of the time that is left
    private const double GatheringShare = 0.4;

    private readonly Seed _seed = new Seed((ulong)experiment.Resolved.Plan.Seed).Child("ensemble");

    private Metric Objective => (Metric)experiment.Resolved.Metric;

    /// <summary>Seconds and evaluations of fits for out-of-fold predictions; those of the members are the final fits'.</summary>
    public (double Fit, double Score, int Computed) Used => outOfFold.Used;

    /// <summary>Seconds that the search keeps back for it.</summary>
    /// <param name="limit">All the time that the run has.</param>
    /// <param name="refitSeconds">How long a trial's refit takes.</param>
    public double Reserve(TimeSpan limit, Func<FinishedTrial, double> refitSeconds)
    {
        var likely = EnsembleCandidates.Of(state.Full()).Take(MembersExpected).Select(refitSeconds).DefaultIfEmpty(0).ToList();
        return (SelectionShare * limit.TotalSeconds) + Math.Max(likely.Max(), likely.Sum() / options.Jobs);
    }

    /// <summary>Makes it.</summary>
    /// <param name="answer">Winner and kept models: a member among them is not fitted again.</param>
    /// <param name="left">How much time there is; null: as much as it takes.</param>
    /// <param name="refitSeconds">How long a trial's refit takes.</param>
    /// <param name="stop">Ends it because the run is stopped.</param>
    /// <exception cref="OperationCanceledException">Stopped; the next run makes it.</exception>
    public EnsembleAnswer Build(Answered answer, TimeSpan? left, Func<FinishedTrial, double> refitSeconds, CancellationToken stop)
    {
        var begin = time.GetTimestamp();
        TimeSpan? Left() => left - time.GetElapsedTime(begin);
        using var limit = left is { } most ? new CancellationTokenSource(most, time) : new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            var candidates = outOfFold.Affordable(EnsembleCandidates.Of(state.Full()), options.Jobs, Left() * GatheringShare);
            if (candidates.Count < 2)
            {
                return EnsembleAnswer.Without(state.Full().Count < 2 ? "fewer than two trials completed on all rows and folds" : "there was no time to predict out of fold with two trials or more");
            }

            var selected = new EnsembleSelection(Objective, outOfFold.Of(candidates, options.Jobs, ending.Token)).Run(EnsembleBags.Draw(candidates.Count, _seed), options.Threads, ending.Token);
            var members = candidates.Select((trial, c) => (Trial: trial, Weight: selected.Weights[c])).Where(m => m.Weight > 0).ToList();
            if (members.Count < 2)
            {
                return EnsembleAnswer.Without($"no mixture of the best {Count(candidates.Count)} trials does better than trial {Count(members[0].Trial.Number)} alone on the folds of the search");
            }

            var refits = members.Where(m => Known(answer, m.Trial) is null).Select(m => refitSeconds(m.Trial)).DefaultIfEmpty(0).ToList();
            if (Math.Max(refits.Max(), refits.Sum() / options.Jobs) is var needed && needed > Left()?.TotalSeconds)
            {
                return EnsembleAnswer.Without(string.Create(CultureInfo.InvariantCulture, $"its {members.Count} members need about {needed:0.0} s to be fitted on all training rows, and {Math.Max(0, Left()!.Value.TotalSeconds):0.0} s of the budget are left"));
            }

            return Make(answer, candidates.Count, selected, members, ending.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException && ending.IsCancellationRequested)
        {
            return stop.IsCancellationRequested ? throw new OperationCanceledException(stop) : EnsembleAnswer.Without("it was not ready when the time budget was used up");
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is TuneLabException or OperationCanceledException)
        {
            return EnsembleAnswer.Without("a member could not be fitted again: " + e.InnerExceptions[0].Message); // the winner's answer stands without it
        }
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static FinalModel? Known(Answered answer, FinishedTrial trial)
        => answer.Models.FirstOrDefault(m => m.Trial.Configuration.Equals(trial.Configuration) && m.Trial.Rounds == trial.Rounds);

    private EnsembleAnswer Make(Answered answer, int candidates, Selected selected, List<(FinishedTrial Trial, double Weight)> members, CancellationToken cancellation)
    {
        var fitted = new FinalModel[members.Count];
        Parallel.For(0, members.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Jobs), CancellationToken = cancellation },
            i => fitted[i] = Known(answer, members[i].Trial) ?? Fit(members[i].Trial, cancellation));

        var (scores, holdout, gain) = (new SortedDictionary<string, double>(StringComparer.Ordinal), (HoldoutScore?)null, (EnsembleGain?)null);
        if (answer.Models[0].Holdout is { } winner)
        {
            var values = WeightedAverage.Of([.. members.Select((m, i) => (fitted[i].Holdout!.Values, m.Weight))]);
            var mixed = new Predictions(winner.Task, winner.Truth, values, winner.Outputs, winner.Weights);
            finals.Look("ensemble of " + string.Join(", ", members.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Weight:R} x {m.Trial.Configuration.Canonical} rounds={m.Trial.Rounds}"))));
            foreach (var metric in MetricCatalog.ForTask(experiment.Table.Task))
            {
                scores[metric.Id] = metric.Score(mixed);
            }

            var effect = PairedBootstrap.Run(Objective, mixed, winner, _seed.Child("bootstrap"), threads: options.Threads);
            (holdout, gain) = (effect.Winner.Interval, new EnsembleGain(effect.Effect.Value, effect.Effect.LowerBound, effect.Effect.UpperBound, effect.Effect.PAtMost(0)));
        }

        var summary = new EnsembleSummary
        {
            Members = [.. members.Select(m => new EnsembleMember(m.Trial.Number, m.Trial.Configuration.Trainer, InfoOf(m.Trial).Settled(m.Trial.Configuration, m.Trial.Rounds), m.Trial.Rounds, m.Weight))],
            Candidates = candidates,
            Metric = Objective.Id,
            Validation = selected.Score,
            Single = selected.Single,
            Holdout = holdout,
            Gain = gain,
            Scores = scores,
        };
        var told = scores.Select(s => KeyValuePair.Create("holdout." + s.Key, s.Value)).Prepend(new("validation." + Objective.Id, selected.Score));
        var export = new EnsembleExport([.. members.Select((m, i) => new ExportedMember(InfoOf(m.Trial).Id, InfoOf(m.Trial).Version, m.Trial.Configuration.Canonical, m.Trial.Rounds, m.Weight, fitted[i].Model!.Value.Model))], told.ToDictionary());
        return new EnsembleAnswer(summary, export, null);
    }

    // there are more rows than in a fold
    private FinalModel Fit(FinishedTrial trial, CancellationToken cancellation)
    {
        using var limit = experiment.Resolved.Plan.Budget.TrialTime is { } longest ? new CancellationTokenSource(longest * 2, time) : new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        return finals.Fit(trial, true, ending.Token);
    }

    private TrainerInfo InfoOf(FinishedTrial trial) => experiment.Resolved.Trainers.First(t => t.Trainer.Info.Id == trial.Configuration.Trainer).Trainer.Info;
}
