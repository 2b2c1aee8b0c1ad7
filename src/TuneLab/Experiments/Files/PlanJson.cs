using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TuneLab.Experiments.Files.Sections;
using TuneLab.Space;

namespace TuneLab.Experiments.Files;

/// <summary>
/// Writes a plan as JSON in the words of the experiment file: every key in a fixed order, defaults written out, what is not set left out, numbers with round
/// trip, so that equal plans give equal texts and <see cref="PlanReader"/> reads an equal plan back.
/// </summary>
public static class PlanJson
{
    // for files and stores, not for HTML: what a person wrote stays readable
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The plan on one line: what identities are made of.</summary>
    public static string Canonical(ExperimentPlan plan) => Text(plan, indented: false);

    /// <summary>The plan, indented, for people and for files.</summary>
    public static string Write(ExperimentPlan plan) => Text(plan, indented: true);

    /// <summary>The resolved plan, indented: what <see cref="Settled"/> gives.</summary>
    public static string Write(ResolvedPlan plan) => Write(Settled(plan));

    /// <summary>
    /// The resolved plan as a plan that leaves nothing open: task, metric, splitter, trainers, stages and the whole space of each trainer stand in it,
    /// so that it means the same after a trainer's default space has changed.
    /// </summary>
    public static ExperimentPlan Settled(ResolvedPlan plan) => plan.Plan with
    {
        Task = plan.Task,
        Metric = plan.Metric.Id,
        Validate = plan.Plan.Validate with { Kind = plan.SplitKind },
        Trainers = plan.Plan.Command is null ? [.. plan.Trainers.Select(t => t.Trainer.Info.Id)] : [],
        Space = plan.Plan.Command is null ? plan.Trainers.ToDictionary(t => t.Trainer.Info.Id, t => Space(t, plan.Plan), StringComparer.Ordinal) : plan.Plan.Space,
        Stages = plan.Stages,
    };

    private static IReadOnlyDictionary<string, ParameterEdit> Space(PlannedTrainer trainer, ExperimentPlan plan)
    {
        var edits = new Dictionary<string, ParameterEdit>(StringComparer.Ordinal);
        if (plan.Space.TryGetValue(trainer.Trainer.Info.Id, out var given))
        {
            foreach (var (name, edit) in given)
            {
                edits[name] = edit;
            }
        }

        foreach (var parameter in trainer.Space.Parameters)
        {
            edits[parameter.Name] = parameter switch
            {
                FloatParameter f => new ParameterEdit { Low = f.Low, High = f.High, Scale = f.Scale, Step = f.Step },
                IntParameter i => new ParameterEdit { Low = i.Low, High = i.High, Scale = i.Scale, Step = i.Step == 1 ? null : i.Step },
                ChoiceParameter c => new ParameterEdit { Choices = c.Choices },
                _ => throw new NotSupportedException($"A parameter of type {parameter.GetType().Name} has no form in the experiment file."),
            };
        }

        return edits;
    }

    private static string Text(ExperimentPlan plan, bool indented)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = Encoder }))
        {
            new ExperimentSection().Write(writer, plan);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
