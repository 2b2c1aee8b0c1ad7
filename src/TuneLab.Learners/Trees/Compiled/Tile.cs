namespace TuneLab.Learners.Trees.Compiled;

/// <summary>The shape of the pieces of a table that trees are walked on.</summary>
internal static class Tile
{
    /// <summary>Rows of a tile: a plane of it is one cache line.</summary>
    public const int Rows = 64;
}
