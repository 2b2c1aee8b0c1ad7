namespace TuneLab.Samplers;

/// <summary>A point of a box.</summary>
/// <param name="Numbers">[numbers] in [0, 1] of the box; NaN where inactive.</param>
/// <param name="Choices">[choices] which of those left in the box; -1 where inactive.</param>
internal sealed record BoxPoint(double[] Numbers, int[] Choices);
