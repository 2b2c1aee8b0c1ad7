using System.Diagnostics.CodeAnalysis;

namespace TuneLab.Analysis;

/// <summary>What an analysis found, or why it has nothing to say. Immutable.</summary>
/// <param name="Value">What it found; null when it has nothing to say.</param>
/// <param name="NotYet">Why there is nothing, as a sentence's end: <c>there is no holdout</c>; null when there is something.</param>
public sealed record Analyzed<T>(T? Value, string? NotYet)
    where T : class
{
    /// <summary>Whether there is something.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(NotYet))]
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasValue => Value is not null;

    /// <summary>There is something.</summary>
    public static Analyzed<T> Of(T value) => new(value, null);

    /// <summary>There is nothing.</summary>
    /// <param name="because">Why, as a sentence's end, without its full stop.</param>
    public static Analyzed<T> Not(string because) => new(null, because);
}
