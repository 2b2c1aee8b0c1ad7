namespace TuneLab.Learners.Trees;

/// <summary>An inner node of a <see cref="Tree"/>.</summary>
/// <param name="Feature">The feature that it asks for.</param>
/// <param name="Threshold">Numbers: values up to it, included, go left.</param>
/// <param name="Left">The child's node number, or the complement of a leaf's number.</param>
/// <param name="Right">As <paramref name="Left"/>.</param>
/// <param name="CodeStart">Categories: the node's first word in <see cref="Tree.CodeWords"/>; else -1.</param>
/// <param name="Codes">Categories: how many codes were known at fitting time.</param>
/// <param name="MissingLeft">Where missing values and unknown codes go.</param>
internal readonly record struct TreeNode(int Feature, float Threshold, int Left, int Right, int CodeStart, int Codes, bool MissingLeft)
{
    /// <summary>Whether it asks for a category.</summary>
    public bool Categorical => CodeStart >= 0;
}
