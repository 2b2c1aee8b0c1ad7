namespace TuneLab.Training.Packaging;

/// <summary>An ensemble that lies beside a model in its file and predicts the weighted average of its members, which share the model's encoding.</summary>
/// <param name="Members">At least one.</param>
/// <param name="Scores">Metric values by name: <c>validation.auc</c>, <c>holdout.auc</c>, ...</param>
public sealed record EnsembleExport(IReadOnlyList<ExportedMember> Members, IReadOnlyDictionary<string, double> Scores);

/// <summary>A member of an ensemble.</summary>
/// <param name="Trainer">The trainer's id.</param>
/// <param name="TrainerVersion">The trainer's version.</param>
/// <param name="Configuration">The hyperparameters as canonical text.</param>
/// <param name="Rounds">Rounds fitted.</param>
/// <param name="Weight">Above 0; the members' weights add up to 1.</param>
/// <param name="Model">The model; where it is the file's own one, it is not written twice.</param>
public sealed record ExportedMember(string Trainer, int TrainerVersion, string Configuration, int Rounds, double Weight, ITrainedModel Model);
