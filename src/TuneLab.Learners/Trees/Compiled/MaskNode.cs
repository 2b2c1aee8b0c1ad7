namespace TuneLab.Learners.Trees.Compiled;

/// <summary>An inner node of a small tree, which is asked for all rows of a tile at once.</summary>
/// <param name="Plane">As in <see cref="WalkNode"/>.</param>
/// <param name="Test">As in <see cref="WalkNode"/>.</param>
/// <param name="Left">The place of the left child: inner nodes first, then leaves.</param>
/// <param name="Right">As <paramref name="Left"/>.</param>
internal readonly record struct MaskNode(int Plane, int Test, short Left, short Right);
