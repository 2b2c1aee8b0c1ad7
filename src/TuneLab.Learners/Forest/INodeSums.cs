namespace TuneLab.Learners.Forest;

/// <summary>
/// The weights and labels of a node's rows, summed by bin of one feature, and how good it is to part them. A mutable struct that the grower is specialised on,
/// since these calls are its inner loops. A row counts as often as it weighs when all weights are whole, else once: its units. Used by one thread.
/// </summary>
internal interface INodeSums
{
    /// <summary>Takes the weights and labels of a tree's rows.</summary>
    void Take(DrawnRows drawn);

    /// <summary>Takes the rows of the next node.</summary>
    /// <returns>Whether they are worth parting: not when all have the same label.</returns>
    bool Begin(ReadOnlySpan<int> rows);

    /// <summary>The node's units.</summary>
    double Units { get; }

    /// <summary>What the node's rows predict.</summary>
    /// <param name="values">[outputs], overwritten.</param>
    void Leaf(Span<double> values);

    /// <summary>Sums the node's rows into empty cells.</summary>
    /// <param name="bins">[rows of the node]: the feature's bins.</param>
    void Add(ReadOnlySpan<byte> bins);

    /// <summary>Empties cells.</summary>
    void Clear(ReadOnlySpan<byte> bins);

    /// <summary>Whether no row is in a bin.</summary>
    bool IsEmpty(byte bin);

    /// <summary>What categories are ordered by.</summary>
    double Key(byte bin);

    /// <summary>Moves bins to the left part one after another and looks for the best place to stop.</summary>
    /// <param name="order">Bins with rows.</param>
    /// <param name="moved">A bin that is on the left from the start; -1: none.</param>
    /// <param name="from">The first place that counts: with <c>order[from]</c> on the left.</param>
    /// <param name="end">Behind the last place that counts.</param>
    /// <param name="minUnits">Fewest units of a part.</param>
    /// <param name="best">What a place must gain more than; set to what the best one gains.</param>
    /// <returns>The best place, or -1, and whether the left part then weighs at least as much as the right one.</returns>
    (int Place, bool LeftIsHeavier) Scan(ReadOnlySpan<byte> order, int moved, int from, int end, double minUnits, ref double best);

    /// <summary>Looks at one way to part the node, without cells.</summary>
    /// <param name="bins">[rows of the node]: the feature's bins.</param>
    /// <param name="last">Bins up to this one go left.</param>
    /// <param name="also">A bin that goes left too; -1: none.</param>
    /// <param name="minUnits">Fewest units of a part.</param>
    /// <param name="best">What it must gain more than; set to what it gains then.</param>
    /// <returns>Whether it gains more, and whether the left part weighs at least as much as the right one.</returns>
    (bool IsBetter, bool LeftIsHeavier) Part(ReadOnlySpan<byte> bins, int last, int also, double minUnits, ref double best);
}
