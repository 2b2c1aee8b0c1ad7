using TuneLab.Analysis;
using TuneLab.Analysis.Holdout;
using TuneLab.Analysis.Importance;
using TuneLab.Analysis.LearningCurves;
using TuneLab.Data;
using TuneLab.Experiments.Running;
using TuneLab.Experiments.Studies;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>Analyses an answer, once it is drawn.</summary>
/// <param name="experiment">What was run.</param>
/// <param name="store">Has its evaluations.</param>
/// <param name="trials">Its finished trials.</param>
/// <param name="rescoring">Scores the winner on fewer rows; null where there are none.</param>
/// <param name="options">How many jobs and threads it may use.</param>
/// <param name="ends">Given the seconds that a step may take: why it may not be begun, as a sentence's end; null while there is time.</param>
internal sealed class AnswerAnalysis(LoadedExperiment experiment, ITrialStore store, IReadOnlyList<FinishedTrial> trials, Rescoring? rescoring, RunOptions options, Func<double, string?> ends)
{
    private const string Program = "a program is tuned, whose data are its own";

    // of the 500 trials and 12 hyperparameters that TuneLab.Benchmarks -- importance measures, the first time in a process
    private const double ImportanceUsual = 0.7;

    // of a column's interval: 300 draws of six scores
    private const double IntervalSecondsPerRow = 4e-5;
    private static readonly double[] Fractions = [0.125, 0.25, 0.5, 0.75, 1];

    /// <summary>How many parts of the rows the learning curve has.</summary>
    public static int Sizes => Fractions.Length;

    private readonly Seed _seed = new Seed((ulong)experiment.Resolved.Plan.Seed).Child("analysis");

    private Objective Objective => experiment.Resolved.Metric;

    /// <summary>How many seconds the analyses are thought to take should a trial win: what a time budget keeps back for them. A thing of the clock, as the budget is.</summary>
    /// <param name="experiment">What is run.</param>
    /// <param name="winner">The trial.</param>
    /// <param name="trials">How many there are.</param>
    /// <param name="options">Whether a learning curve is asked for, and the threads.</param>
    public static double Seconds(LoadedExperiment experiment, FinishedTrial winner, int trials, RunOptions options)
    {
        var importance = ImportanceSeconds(experiment.Resolved.Trainers.First(t => t.Trainer.Info.Id == winner.Configuration.Trainer).Space.Dimensions, trials);
        if (experiment.Data is null)
        {
            return importance;
        }

        var rows = Math.Min(experiment.Holdout.Length, PermutationImportance.MostRows);
        var folds = Math.Max(1, winner.Scores.Length);
        var validRows = Math.Max(1.0, experiment.Training.Length / Math.Max(1, experiment.Resolved.Plan.Validate.Folds));
        var column = PermutationImportance.Shuffles * winner.ScoreSeconds / folds * rows / validRows + IntervalSecondsPerRow * rows;
        return importance + experiment.Table.Features.Count * column / Math.Max(1, options.Threads) + (options.LearningCurve && folds > 1 ? CurveSeconds(winner, options) : 0);
    }

    // the parts of the rows together take less than twice a trial on all of them
    private static double CurveSeconds(FinishedTrial winner, RunOptions options)
        => 2 * (winner.FitSeconds + winner.ScoreSeconds) / Math.Clamp(options.Jobs, 1, Math.Max(1, winner.Scores.Length));

    private static double ImportanceSeconds(int hyperparameters, int trials) => ImportanceUsual * (trials / 500.0) * Math.Max(1, hyperparameters / 12.0 * (hyperparameters / 12.0));

    /// <summary>The analysis.</summary>
    public ExperimentAnalysis Of(Answered answer, CancellationToken stop)
    {
        var winner = trials.FirstOrDefault(t => t.Number == answer.Best.Trial);
        var rounds = new RoundsCurve(Folds(winner), Objective);
        var analysis = ExperimentAnalysis.None(experiment.Data is null ? Program : "no rows were held out (validate.holdout is 0)") with
        {
            Hyperparameters = Hyperparameters(answer.Best.Trainer),
            Rounds = rounds.Points(),
            MoreRounds = winner is null ? Analyzed<LearningCurve>.Not("the winner's trial is not at hand") : rounds.More(Planned(winner.Configuration.Trainer).Trainer.Info, winner.Configuration, _seed.Child("rounds")),
            MoreTime = MoreTrials.Run([.. RankedTrials.Of(trials, Objective).Select(t => t.Score)], Objective),
        };
        if (experiment.Data is null)
        {
            return analysis;
        }

        if (answer.Models is [{ Holdout: { } predictions } best, ..])
        {
            analysis = analysis with { Holdout = Analyzed<HoldoutAnalysis>.Of(HoldoutAnalysis.Of(experiment.Table, experiment.Holdout, predictions, _seed)), Features = Features(best) };
        }

        return analysis with { Rows = Rows(winner, stop) };
    }

    // trials that can be compared: of the fidelity that most were given
    private Analyzed<HyperparameterImportance> Hyperparameters(string trainer)
    {
        var comparable = trials.Where(t => t.Configuration.Trainer == trainer && t.Status == TrialStatus.Completed && t.Stage != Confirmation.Stage && !double.IsNaN(t.Score)).GroupBy(t => t.Fidelity).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key.Share).FirstOrDefault();
        var space = Planned(trainer).Space;
        if (ends(ImportanceSeconds(space.Dimensions, comparable?.Count() ?? 0)) is { } reason)
        {
            return Analyzed<HyperparameterImportance>.Not(reason);
        }

        return FunctionalAnova.Run(space, [.. (comparable ?? Enumerable.Empty<FinishedTrial>()).Where(t => space.Contains(t.Configuration)).Select(t => new ScoredConfiguration(t.Configuration, t.Score))], _seed.Child("hyperparameters"));
    }

    private PlannedTrainer Planned(string trainer) => experiment.Resolved.Trainers.First(t => t.Trainer.Info.Id == trainer);

    private IReadOnlyList<Evaluation> Folds(FinishedTrial? winner)
    {
        if (winner is null)
        {
            return [];
        }

        var found = store.FindEvaluations(winner.Evaluations);
        return [.. winner.Evaluations.Where(found.ContainsKey).Select(k => found[k])];
    }

    private Analyzed<LearningCurve> Rows(FinishedTrial? winner, CancellationToken stop)
    {
        if (winner is null || rescoring is null)
        {
            return Analyzed<LearningCurve>.Not("it was not asked for");
        }

        if (winner.Scores.Length < 2)
        {
            return Analyzed<LearningCurve>.Not("it takes two folds at least to say how sure a curve is");
        }

        if (ends(CurveSeconds(winner, options)) is { } reason)
        {
            return Analyzed<LearningCurve>.Not(reason);
        }

        try
        {
            var scores = Fractions.Select(f => (IReadOnlyList<double>)rescoring.ScoresOf(winner.Configuration, f, stop)).ToList();
            if (scores.Any(s => s.Any(double.IsNaN)))
            {
                return Analyzed<LearningCurve>.Not($"{Objective.Id} is not defined on every fold with fewer rows");
            }

            var evaluations = store.FindEvaluations(winner.Evaluations).Values;
            var (train, valid) = (evaluations.Average(e => e.TrainRows), evaluations.Average(e => e.ValidRows));
            return LearningCurveAnalysis.Run(FoldScores.Points([.. Fractions.Select(f => f * train)], scores, valid / train), Objective, "rows", _seed.Child("rows"));
        }
        catch (OperationCanceledException)
        {
            return Analyzed<LearningCurve>.Not(ends(0) ?? "a fit on fewer rows took longer than it may");
        }
        catch (Errors.TuneLabException e)
        {
            return Analyzed<LearningCurve>.Not($"the winner can't be learned from fewer rows: {e.Message.TrimEnd('.')}");
        }
    }

    private Analyzed<IReadOnlyList<FeatureImportance>> Features(FinalModel winner)
    {
        if (winner.Model is not { } fitted)
        {
            return Analyzed<IReadOnlyList<FeatureImportance>>.Not("the winner's model was not kept");
        }

        if (ends(0) is { } reason)
        {
            return Analyzed<IReadOnlyList<FeatureImportance>>.Not(reason);
        }

        var table = experiment.Table;
        var groups = ColumnGroups.Of(table, experiment.Training);
        var found = PermutationImportance.Of(table, experiment.Holdout, groups, (Metric)Objective, Predict, _seed.Child("features"), () => ends(0) is null, options.Threads);
        return found.Count == 0 && groups.Count == 0 ? Analyzed<IReadOnlyList<FeatureImportance>>.Not("there is no column to shuffle")
            : found.Count < groups.Count ? Analyzed<IReadOnlyList<FeatureImportance>>.Not(ends(0) ?? "the time budget had no room for all columns")
            : Analyzed<IReadOnlyList<FeatureImportance>>.Of(found);

        double[] Predict(Dataset rows)
        {
            var values = new double[rows.RowCount * table.Outputs];
            fitted.Model.Predict(fitted.Encoding.Transform(rows), values);
            return values;
        }
    }
}
