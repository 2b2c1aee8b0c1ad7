using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>
/// Turns the values of one feature into planes: a byte per row that the nodes of all trees compare without looking at the value again. Immutable.
/// </summary>
internal abstract class PlaneCoder
{
    /// <summary>Codes some rows.</summary>
    /// <param name="table">The table; its columns are of the kinds that the trees ask for.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="planes">[planes x <paramref name="stride"/>]: this coder's planes are overwritten at the first <paramref name="count"/> places.</param>
    /// <param name="stride">From a plane to the next one.</param>
    public abstract void Code(FeatureTable table, int start, int count, Span<byte> planes, int stride);
}
