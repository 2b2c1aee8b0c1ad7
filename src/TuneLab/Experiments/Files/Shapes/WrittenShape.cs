using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A value with a notation of its own: a duration, an amount of memory, a time of day, a separator.</summary>
public abstract class WrittenShape<T> : ScalarShape<T>
{
    /// <summary>The notation as a regular expression that both the reader and an editor check.</summary>
    protected abstract string Pattern { get; }

    /// <summary>The value of a text that matches the pattern; null where it is out of range.</summary>
    protected abstract bool TryParse(Match match, [MaybeNullWhen(false)] out T value);

    protected abstract string Text(T value);

    protected sealed override bool TryParse(ScalarNode node, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        var match = Regex.Match(node.Text, Pattern, RegexOptions.CultureInvariant);
        return match.Success && TryParse(match, out value);
    }

    public sealed override void Write(Utf8JsonWriter writer, T value) => writer.WriteStringValue(Text(value));

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = Pattern };
}
