namespace TuneLab.Learners.Trees.Compiled;

/// <summary>Where a tree's parts are in <see cref="CompiledTrees"/>.</summary>
/// <param name="Root">Its first <see cref="WalkNode"/>.</param>
/// <param name="FirstMask">Its first <see cref="MaskNode"/>; -1: it is too large for <see cref="MaskWalk"/>.</param>
/// <param name="Inner">Its inner nodes.</param>
/// <param name="FirstLeaf">The number of its first leaf.</param>
/// <param name="Categories">Whether a node asks for a category.</param>
internal readonly record struct CompiledTree(uint Root, int FirstMask, int Inner, int FirstLeaf, bool Categories);
