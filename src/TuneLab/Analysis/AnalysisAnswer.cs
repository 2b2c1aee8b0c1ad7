using System.Diagnostics.CodeAnalysis;

namespace TuneLab.Analysis;

/// <summary>What an analysis answers: a value, or why there is none yet. Immutable.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed record AnalysisAnswer<T>
    where T : class
{
    private AnalysisAnswer(T? value, string? notYet) => (Value, NotYet) = (value, notYet);

    /// <summary>The answer, or null.</summary>
    public T? Value { get; }

    /// <summary>Why there is none yet, a sentence: <c>Not yet, because ...</c>; null where there is a value.</summary>
    public string? NotYet { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(NotYet))]
    public bool HasValue => Value is not null;

    /// <summary>A value.</summary>
    public static AnalysisAnswer<T> Of(T value) => new(value, null);

    /// <summary>None yet.</summary>
    /// <param name="reason">How the sentence goes on after "Not yet, because", without its full stop.</param>
    public static AnalysisAnswer<T> Because(string reason) => new(null, "Not yet, because " + reason + ".");
}
