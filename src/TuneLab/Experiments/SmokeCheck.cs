using TuneLab.Errors;
using TuneLab.Experiments.Commands;
using TuneLab.Experiments.Forecasting;
using TuneLab.Experiments.Running;
using TuneLab.Experiments.Search;
using TuneLab.Storage;
using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.Experiments;

/// <summary>What a smoke run of one trainer found.</summary>
/// <param name="Trainer">The trainer's id.</param>
/// <param name="Failure">Why it failed; null when it went from raw rows to a model zip and back.</param>
/// <param name="Rows">Rows trained on.</param>
/// <param name="Seconds">Seconds of one fold of its default on all rows, forecast from the smoke run by rows and rounds.</param>
public sealed record SmokeResult(string Trainer, string? Failure, int Rows, double Seconds);

/// <summary>What a plan is likely to cost.</summary>
/// <param name="Trainers">One entry per trainer of the plan.</param>
/// <param name="Evaluations">Folds that the plan trains, confirm and refits included; null when time decides.</param>
/// <param name="Forecast">Wall seconds on the given jobs, from one fold of each trainer: a rough forecast, as its interval says; null when a trainer failed.</param>
public sealed record SmokeReport(IReadOnlyList<SmokeResult> Trainers, int? Evaluations, Forecast? Forecast);

/// <summary>
/// Takes every trainer of a plan end to end on a few rows before the real work: encode, train, score, write a model zip, read it back, predict; a program is run once. Nothing is stored.
/// </summary>
public static class SmokeCheck
{
    private const int MostRows = 500;
    private const int MostRounds = 20;

    // what a few hundred rows cost says little of many: the forecast times more of them, compiled code
    private const int TimedRows = 5000;
    private const int TimedRounds = 60;

    /// <summary>Runs it.</summary>
    /// <param name="experiment">The plan with its data.</param>
    /// <param name="catalog">Reads the model zips back.</param>
    /// <param name="jobs">Evaluations at once, for the forecast.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="programs">Runs the program of a plan that tunes one. <value>Null: there is none such.</value></param>
    public static SmokeReport Run(LoadedExperiment experiment, TrainerCatalog catalog, int jobs, TimeProvider time, CancellationToken cancellation, IProgramRunner? programs = null)
    {
        if (experiment.Resolved.Plan.Command is not null)
        {
            return CommandCheck.Run(experiment, programs, jobs, time, cancellation);
        }

        var folds = new FoldSource(experiment);
        var evaluator = new FoldEvaluator(experiment, folds, ThreadShare.Single, new PausedRuns(new MemoryTrialStore(time), 0, 0), ProcessMemory.Of(time, []), time);
        var fold = folds.Search[0];
        var train = folds.Get(fold).Fold.Train.Length;
        var fraction = Math.Min(1, (double)MostRows / train);
        var results = experiment.Resolved.Trainers.Select(t => Smoke(t, experiment, evaluator, fold, fraction, train, catalog, time, cancellation)).ToList();
        var evaluations = Evaluations(experiment, folds.Search.Count, folds.Repeat(0).Count);
        return new SmokeReport(results, evaluations, Forecast(experiment, results, jobs, time));
    }

    /// <summary>What the plan costs, from a fold of each trainer; null when a trainer failed.</summary>
    internal static Forecast? Forecast(LoadedExperiment experiment, IReadOnlyList<SmokeResult> results, int jobs, TimeProvider time)
        => results.Any(r => r.Failure is not null) ? null : ExperimentForecast.Before(experiment.Resolved, results.ToDictionary(r => r.Trainer, r => r.Seconds, StringComparer.Ordinal), jobs, time);

    private static SmokeResult Smoke(PlannedTrainer planned, LoadedExperiment experiment, FoldEvaluator evaluator, FoldId fold, double fraction, int train, TrainerCatalog catalog, TimeProvider time, CancellationToken cancellation)
    {
        var (trainer, info, table) = (planned.Trainer, planned.Trainer.Info, experiment.Table);
        var rounds = Math.Min(MostRounds, Math.Max(1, info.MaxRounds(planned.Default)));
        var rows = (int)(train * fraction);
        var longest = experiment.Resolved.Plan.Budget.TrialTime;
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var fitted = evaluator.Fit(new FoldWork(trainer, planned.Default, fold, fraction, rounds), false, () => limit.CancelAfter(longest ?? Timeout.InfiniteTimeSpan), both.Token);
            using var zip = new MemoryStream();
            new ModelPackage().Export(new ModelExport(CardFor(planned, experiment, rounds), fitted.Encoding, fitted.Model), zip);
            zip.Position = 0;
            var again = ModelPackage.Load(zip, "the model zip of " + info.Id, catalog).Predict(table.Data);
            var outputs = table.Outputs;
            for (var i = 0; i < fitted.Valid.Length * outputs; i++)
            {
                if (again[fitted.Valid[i / outputs] * outputs + i % outputs] != fitted.Predictions[i])
                {
                    return new SmokeResult(info.Id, "the model zip does not predict what the trained model did", rows, double.NaN);
                }
            }

            return new SmokeResult(info.Id, null, rows, FoldSeconds(planned, evaluator, fold, train, cancellation));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new SmokeResult(info.Id, string.Create(CultureInfo.InvariantCulture, $"over the limit of {longest!.Value.TotalSeconds:0.###} s (budget.trial_time) on {rows} rows"), rows, double.NaN);
        }
        catch (TuneLabException e)
        {
            return new SmokeResult(info.Id, e.Message, rows, double.NaN);
        }
    }

    private static double FoldSeconds(PlannedTrainer planned, FoldEvaluator evaluator, FoldId fold, int train, CancellationToken cancellation)
    {
        var info = planned.Trainer.Info;
        var most = Math.Max(1, info.MaxRounds(planned.Default));
        var (fraction, rounds) = (Math.Min(1, (double)TimedRows / train), Math.Min(TimedRounds, most));
        var work = new FoldWork(planned.Trainer, planned.Default, fold, fraction, rounds);
        evaluator.Fit(work, false, () => { }, cancellation); // compiles, and makes what the fold shares
        var timed = evaluator.Fit(work, false, () => { }, cancellation).Evaluation;
        var typical = info.RoundsOverfit ? Math.Max(rounds, most / 4) : most; // overfitting runs are stopped, as a rule well before their last round
        return (timed.FitSeconds / fraction * typical / rounds) + timed.ScoreSeconds;
    }

    private static ModelCard CardFor(PlannedTrainer planned, LoadedExperiment experiment, int rounds) => new()
    {
        Task = experiment.Table.Task,
        Label = experiment.Table.Roles.Label,
        Classes = experiment.Table.Classes,
        Trainer = planned.Trainer.Info.Id,
        TrainerVersion = planned.Trainer.Info.Version,
        Configuration = planned.Default.Canonical,
        Rounds = rounds,
        Metric = experiment.Resolved.Metric.Id,
        Scores = new Dictionary<string, double>(),
        Seed = experiment.Resolved.Plan.Seed,
        Fingerprint = experiment.Fingerprint,
        Experiment = experiment.Resolved.Plan.Name,
        Plan = FrozenPlan.WriteForModel(experiment.Resolved),
    };

    internal static int? Evaluations(LoadedExperiment experiment, int searchFolds, int foldsOfARepeat)
    {
        var plan = experiment.Resolved;
        if (plan.Stages.Any(s => s.Name != "confirm" && s.Trials is null))
        {
            return null;
        }

        var trials = plan.Trainers.Count + plan.Stages.Where(s => s.Name != "confirm").Sum(s => Rungs.Planned(s, searchFolds)!.Value);
        var confirm = plan.Stages[^1];
        return Math.Min(trials, plan.Plan.Budget.Trials ?? int.MaxValue) * searchFolds + (confirm.Top + 1) * confirm.Repeats * foldsOfARepeat + (experiment.Data is null ? 0 : 2);
    }
}
