using System.Text.Json.Serialization;

namespace TuneLab.Hosting.Protocol;

/// <summary>What a host answers: one line of JSON, followed by <see cref="Bytes"/> bytes where it carries an array.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(HelloAnswer), "hello")]
[JsonDerivedType(typeof(ProgressAnswer), "progress")]
[JsonDerivedType(typeof(DoneAnswer), "done")]
[JsonDerivedType(typeof(OutOfBagAnswer), "out_of_bag")]
[JsonDerivedType(typeof(FailureAnswer), "failure")]
internal abstract record HostAnswer : IMessage
{
    /// <inheritdoc/>
    public int Bytes { get; init; }
}

/// <summary>The host is up. Sent unasked, once.</summary>
/// <param name="Version">The protocol that it speaks.</param>
internal sealed record HelloAnswer(int Version) : HostAnswer
{
    /// <summary>Raised when a message changes its meaning.</summary>
    public const int Current = 3;
}

/// <summary>Where the run is.</summary>
/// <param name="Rounds">Rounds done.</param>
/// <param name="CanAdvance">Whether more would change the model.</param>
/// <param name="ScoringRefits">Whether each further score costs a fit from the beginning.</param>
/// <param name="OutOfBag">Whether the run is an <see cref="Training.IOutOfBagRun"/>.</param>
internal sealed record ProgressAnswer(int Rounds, bool CanAdvance, bool ScoringRefits, bool OutOfBag) : HostAnswer;

/// <summary>It is done; what was asked for follows as bytes.</summary>
internal sealed record DoneAnswer : HostAnswer;

/// <summary>Out-of-bag predictions: the rows, 4 bytes each, then the values, 8 bytes each.</summary>
/// <param name="Rows">How many rows; null where the configuration allows none.</param>
internal sealed record OutOfBagAnswer(int? Rows) : HostAnswer;

/// <summary>It could not be done; the run can only be ended.</summary>
/// <param name="Kind">What is thrown on the other side.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do next, or null.</param>
/// <param name="Faults">The faults of an input, else empty.</param>
/// <param name="Detail">Where it was thrown, for <c>--verbose</c>.</param>
/// <param name="Spent">Whether the host should not be used again.</param>
internal sealed record FailureAnswer(FailureKind Kind, string Message, string? Hint, IReadOnlyList<string> Faults, string Detail, bool Spent) : HostAnswer;
