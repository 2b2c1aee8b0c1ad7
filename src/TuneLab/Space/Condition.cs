namespace TuneLab.Space;

/// <summary>Makes a parameter active only while another one has one of these values.</summary>
/// <param name="Parameter">The choice parameter that decides; it stands earlier in the space.</param>
/// <param name="Values">The values under which the parameter is active; at least one.</param>
public sealed record Condition(string Parameter, IReadOnlyList<string> Values);
