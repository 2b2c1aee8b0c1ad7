namespace TuneLab.Analysis;

/// <summary>What an analysis found, or why it has nothing to say.</summary>
/// <param name="Value">What it found; null when it has nothing to say.</param>
/// <param name="NotYet">Why there is nothing, as a sentence's end: <c>there is no holdout</c>; null when there is something.</param>
public sealed record Analyzed<T>(T? Value, string? NotYet)
    where T : class
{
    /// <summary>There is something.</summary>
    public static implicit operator Analyzed<T>(T value) => new(value, null);

    /// <summary>There is nothing.</summary>
    /// <param name="because">Why, as a sentence's end.</param>
    public static Analyzed<T> Not(string because) => new(null, because);
}
