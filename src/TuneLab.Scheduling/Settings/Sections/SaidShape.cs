using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Scheduling.Settings.Sections;

/// <summary>A notation whose reader says itself what is wrong with a text.</summary>
/// <param name="allowed">What is allowed, in words that follow "allowed is".</param>
/// <param name="pattern">What an editor checks; null: any text.</param>
/// <param name="fault">What is wrong with a text, as a sentence without its subject; null: nothing.</param>
internal sealed class SaidShape(string allowed, string? pattern, Func<string, string?> fault) : Shape<string>
{
    public override string Allowed => allowed;

    public override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out string value)
    {
        value = (node as ScalarNode)?.Text;
        if (value is null)
        {
            context.Faults.AddWrong(node, Allowed);
            return false;
        }

        if (fault(value) is { } wrong)
        {
            context.Faults.Add(node, $"'{node.Path}' is '{value}', which {wrong}.");
            return false;
        }

        return true;
    }

    public override void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);

    public override JsonObject Schema() => pattern is null ? new() { ["type"] = "string", ["minLength"] = 1 } : new() { ["type"] = "string", ["pattern"] = pattern };
}
