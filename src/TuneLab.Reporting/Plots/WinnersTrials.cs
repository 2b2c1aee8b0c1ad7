using TuneLab.Experiments;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>The trials of the winner's trainer that have a score, and the hyperparameters that differ among them.</summary>
internal sealed class WinnersTrials
{
    private readonly IReadOnlyList<Parameter> _parameters;

    public WinnersTrials(RunRecord record)
    {
        All = new PlotTrials(record);
        Trainer = record.Result.Best.Trainer;
        Trials = [.. All.Scored.Where(t => t.Configuration.Trainer == Trainer)];
        var space = record.Start.Plan.Trainers.FirstOrDefault(t => t.Trainer.Info.Id == Trainer)?.Space;
        _parameters = space?.Parameters ?? [];
        Varied = [.. _parameters.Where(p => Trials.Select(t => Value(t, p)).Where(v => v is not null).Distinct().Count() > 1)];
    }

    public PlotTrials All { get; }

    public string Trainer { get; }

    /// <summary>By number; of any fidelity.</summary>
    public IReadOnlyList<FinishedTrial> Trials { get; }

    /// <summary>In the order of the space.</summary>
    public IReadOnlyList<Parameter> Varied { get; }

    /// <summary>The hyperparameter of that name; null when there is none.</summary>
    public Parameter? Find(string name) => _parameters.FirstOrDefault(p => p.Name == name);

    /// <summary>The value of a hyperparameter; null where its condition is not met, or where its trainer's default lies outside the space.</summary>
    public static ParameterValue? Value(FinishedTrial trial, Parameter parameter)
        => trial.Configuration.Values.TryGetValue(parameter.Name, out var value) && parameter.Contains(value) ? (ParameterValue?)value : null;
}
