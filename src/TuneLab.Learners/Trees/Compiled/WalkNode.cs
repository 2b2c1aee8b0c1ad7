namespace TuneLab.Learners.Trees.Compiled;

/// <summary>A node as it is walked, 16 bytes; leaves are nodes too and lead to themselves, so that rows which arrive early can wait for the others.</summary>
/// <param name="Plane">Where its plane begins in a tile.</param>
/// <param name="Test">Numbers: codes up to it go left. Categories: the number of the set of classes that go right; the first 256 sets say the same as the numbers do.</param>
/// <param name="Left">The left child's number; the right one's follows.</param>
/// <param name="Leaf">The leaf's number in the ensemble; below 0: not a leaf.</param>
internal readonly record struct WalkNode(uint Plane, uint Test, uint Left, int Leaf);
