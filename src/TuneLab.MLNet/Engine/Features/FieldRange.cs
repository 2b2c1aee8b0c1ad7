namespace TuneLab.MLNet.Engine.Features;

/// <summary>Slots of the feature vector that come as a vector of their own.</summary>
/// <param name="Name">The name of that vector's column.</param>
/// <param name="First">The first slot.</param>
/// <param name="Count">How many.</param>
internal sealed record FieldRange(string Name, int First, int Count);
