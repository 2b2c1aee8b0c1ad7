using TuneLab.Errors;
using TuneLab.Experiments.Running;

namespace TuneLab.Experiments.Commands;

/// <summary>Runs a program once with its default, at the lowest fidelity of the plan's stages. Nothing is stored.</summary>
internal static class CommandCheck
{
    public static SmokeReport Run(LoadedExperiment experiment, IProgramRunner? programs, int jobs, TimeProvider time, CancellationToken cancellation)
    {
        var plan = experiment.Resolved;
        var evaluator = new CommandEvaluator(experiment, programs ?? throw new InputException("The plan tunes a program, and nothing here runs programs."), time);
        var repeats = plan.Plan.Validate.Repeats;
        var rows = plan.Stages.Where(s => s.Name != "confirm").Select(s => s.Rows).DefaultIfEmpty(1).Min();
        var result = Once(experiment, evaluator, rows, time, cancellation);
        var evaluations = SmokeCheck.Evaluations(experiment, repeats, 1);
        return new SmokeReport([result], evaluations, SmokeCheck.Forecast(experiment, [result], jobs, time));
    }

    private static SmokeResult Once(LoadedExperiment experiment, CommandEvaluator evaluator, double rows, TimeProvider time, CancellationToken cancellation)
    {
        var (trainer, longest) = (experiment.Resolved.Trainers[0], experiment.Resolved.Plan.Budget.TrialTime);
        using var limit = longest is { } span ? new CancellationTokenSource(span, time) : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var outcome = evaluator.Evaluate(new FoldWork(trainer.Trainer, trainer.Default, new FoldId(FoldPurpose.Split, 0, 0), rows, null), 0, null, () => { }, both.Token);
            return new SmokeResult(CommandPlan.Trainer, null, 0, outcome.Evaluation.FitSeconds / rows);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new SmokeResult(CommandPlan.Trainer, string.Create(CultureInfo.InvariantCulture, $"over the limit of {longest!.Value.TotalSeconds:0.###} s (budget.trial_time)"), 0, double.NaN);
        }
        catch (TuneLabException e)
        {
            return new SmokeResult(CommandPlan.Trainer, e.Message, 0, double.NaN);
        }
    }
}
