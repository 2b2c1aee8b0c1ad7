namespace TuneLab.Learners.Trees;

/// <summary>A <see cref="TreeNode"/>'s test on the codes of a binned table.</summary>
/// <param name="Block">The block of its column.</param>
/// <param name="At">The column's place in the block.</param>
/// <param name="Last">Codes up to this one go left, unless there are words.</param>
/// <param name="Word">The first of eight words in <see cref="Tree.BinWords"/> with a bit for each code that goes left; -1: none.</param>
/// <param name="Left">The child's node number, or the complement of a leaf's number.</param>
/// <param name="Right">As <paramref name="Left"/>.</param>
internal readonly record struct BinNode(int Block, int At, int Last, int Word, int Left, int Right);
