using System.Text.Json.Serialization;

namespace TuneLab.Hosting.Protocol;

/// <summary>What a failure in the host is on the other side.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureKind>))]
internal enum FailureKind
{
    /// <summary>A <see cref="Errors.TuneLabException"/>.</summary>
    Failed,

    /// <summary>An <see cref="Errors.InputException"/>.</summary>
    Input,

    /// <summary>An <see cref="InvalidDataException"/>.</summary>
    Data,

    /// <summary>An <see cref="OperationCanceledException"/>.</summary>
    Cancelled,
}
