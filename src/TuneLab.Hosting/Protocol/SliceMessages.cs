using System.Text.Json.Serialization;
using TuneLab.Experiments;

namespace TuneLab.Hosting.Protocol;

/// <summary>What a slice's process is asked. Nothing of it is answered but <see cref="HoldNote"/>, by <see cref="AtRestMessage"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(HoldNote), "hold")]
[JsonDerivedType(typeof(ReleaseNote), "release")]
[JsonDerivedType(typeof(LeaveNote), "leave")]
[JsonDerivedType(typeof(StopNote), "stop")]
internal abstract record SliceRequest : IMessage
{
    /// <inheritdoc/>
    public int Bytes { get; init; }
}

/// <summary>Hold the run.</summary>
/// <param name="Number">Counts the holds, so that an answer that comes late is known.</param>
internal sealed record HoldNote(int Number) : SliceRequest;

/// <summary>Let the run go on.</summary>
internal sealed record ReleaseNote : SliceRequest;

/// <summary>End without an answer.</summary>
internal sealed record LeaveNote : SliceRequest;

/// <summary>End the search.</summary>
internal sealed record StopNote : SliceRequest;

/// <summary>What a slice's process tells.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(NewsMessage), "news")]
[JsonDerivedType(typeof(AtRestMessage), "at_rest")]
internal abstract record SliceMessage : IMessage
{
    /// <inheritdoc/>
    public int Bytes { get; init; }
}

/// <summary>News for the worker; one of them is there.</summary>
internal sealed record NewsMessage(SliceOpened? Opened = null, SliceNote? Note = null, SliceScored? Scored = null, SliceEnded? Ended = null) : SliceMessage
{
    /// <summary>The one that is there.</summary>
    [JsonIgnore]
    public SliceNews? News => (SliceNews?)Opened ?? (SliceNews?)Note ?? (SliceNews?)Scored ?? Ended;
}

/// <summary>The run is held and nothing is being written into the store: the process may be suspended.</summary>
/// <param name="Number">Of the hold.</param>
internal sealed record AtRestMessage(int Number) : SliceMessage;
