using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Scheduling.Settings.Sections;

/// <summary>A limit, or that there is none.</summary>
/// <param name="Value">The limit; null: it is ignored.</param>
internal readonly record struct Limit<T>(T? Value)
    where T : struct;

/// <summary>A limit of one shape, or the word <c>ignore</c>.</summary>
internal sealed class LimitShape<T>(Shape<T> limit) : Shape<Limit<T>>
    where T : struct
{
    private const string Ignore = "ignore";

    public override string Allowed => limit.Allowed + ", or " + Ignore;

    public override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out Limit<T> value)
    {
        value = default;
        if (node is ScalarNode { Text: Ignore })
        {
            return true;
        }

        // the limit's own fault would not say that it may be ignored
        var tried = new FaultList(context.Faults.File);
        if (limit.TryRead(node, context with { Faults = tried }, out var read))
        {
            value = new Limit<T>(read);
            return true;
        }

        context.Faults.AddWrong(node, Allowed);
        return false;
    }

    public override void Write(Utf8JsonWriter writer, Limit<T> value)
    {
        if (value.Value is { } given)
        {
            limit.Write(writer, given);
        }
        else
        {
            writer.WriteStringValue(Ignore);
        }
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(limit.Schema(), new JsonObject { ["const"] = Ignore }) };
}
