using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files.Sections;

/// <summary>What is searched: edits of trainers' spaces, by trainer and hyperparameter; with <c>trainer: command</c> the program's parameters at once, which are a trainer's like any other's to the plan.</summary>
/// <param name="program">Whether a program's parameters are read and written.</param>
internal sealed class SpaceShape(bool program) : Shape<IReadOnlyDictionary<string, IReadOnlyDictionary<string, ParameterEdit>>>
{
    private static readonly MapShape<IReadOnlyDictionary<string, ParameterEdit>> Trainers
        = new(new MapShape<ParameterEdit>(new ParameterEditShape(), "hyperparameters and what is searched of them"), "trainers and their hyperparameters");

    private static readonly MapShape<ParameterEdit> Parameters = new(new ParameterEditShape(whole: true), "the program's parameters and what is searched of them");

    public override string Allowed => program ? Parameters.Allowed : Trainers.Allowed;

    public override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, IReadOnlyDictionary<string, ParameterEdit>> value)
    {
        if (!program)
        {
            return Trainers.TryRead(node, context, out value);
        }

        var read = Parameters.TryRead(node, context, out var parameters);
        value = parameters is null ? null : new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>>(StringComparer.Ordinal) { [CommandPlan.Trainer] = parameters };
        return read;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyDictionary<string, ParameterEdit>> value)
    {
        if (program)
        {
            Parameters.Write(writer, value.GetValueOrDefault(CommandPlan.Trainer) ?? new Dictionary<string, ParameterEdit>());
        }
        else
        {
            Trainers.Write(writer, value);
        }
    }

    public override JsonObject Schema() => program ? Parameters.Schema() : Trainers.Schema();
}
