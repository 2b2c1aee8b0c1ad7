using System.Text.Json.Serialization;

namespace TuneLab.Hosting.Protocol;

/// <summary>The messages' JSON, written at compile time: a host starts faster without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(HostRequest))]
[JsonSerializable(typeof(HostAnswer))]
[JsonSerializable(typeof(SliceRequest))]
[JsonSerializable(typeof(SliceMessage))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
