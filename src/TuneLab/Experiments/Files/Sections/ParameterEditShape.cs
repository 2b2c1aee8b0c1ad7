using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Files.Shapes;
using TuneLab.Space;

namespace TuneLab.Experiments.Files.Sections;

/// <summary>What <c>space</c> says of one hyperparameter: bounds or choices, a bare list of choices, or one bare value.</summary>
/// <param name="whole">Whether a program's parameter is described, type and default included.</param>
internal sealed class ParameterEditShape(bool whole = false) : Shape<ParameterEdit>
{
    private readonly RangeSection _range = new(whole);
    private readonly ValueShape _value = new();
    private readonly ListShape<string> _choices = new(new TextShape(), "choices");

    public override string Allowed => "bounds like { low: 0.01, high: 0.3, scale: log }, a list of choices, or one value";

    /// <summary><c>boosting.learning_rate</c>: the node's path without <c>space.</c></summary>
    public static string NameOf(FileNode node) => node.Path[(node.Path.IndexOf('.', StringComparison.Ordinal) + 1)..];

    public static void CheckChoices(FileNode node, string name, IReadOnlyList<string> choices, FaultList faults)
    {
        if (choices.Count == 0 || choices.Distinct(StringComparer.Ordinal).Count() < choices.Count)
        {
            faults.AddPlaced(node, $"Parameter '{name}': at least one choice is needed and each only once, not [{string.Join(", ", choices)}], in {node.Place.Text}.");
        }
    }

    public override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out ParameterEdit value)
    {
        switch (node)
        {
            case MapNode:
                return _range.TryRead(node, context, out value);
            case ListNode:
                if (_choices.TryRead(node, context, out var choices))
                {
                    CheckChoices(node, NameOf(node), choices, context.Faults);
                    value = new ParameterEdit { Choices = choices, Where = node.Place.Text };
                    return true;
                }

                value = null;
                return false;
            default:
                var read = _value.TryRead(node, context, out var single);
                value = new ParameterEdit { Fixed = single, Where = node.Place.Text };
                return read;
        }
    }

    public override void Write(Utf8JsonWriter writer, ParameterEdit value)
    {
        if (value.Fixed is { } single)
        {
            _value.Write(writer, single);
        }
        else
        {
            _range.Write(writer, value);
        }
    }

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            _range.Schema(),
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["uniqueItems"] = true, ["items"] = new TextShape().Schema(), ["description"] = "The choices left." },
            new JsonObject { ["type"] = new JsonArray("number", "string", "boolean"), ["description"] = "One value: the hyperparameter is not searched." }),
    };
}
