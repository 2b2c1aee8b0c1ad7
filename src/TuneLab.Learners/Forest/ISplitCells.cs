namespace TuneLab.Learners.Forest;

/// <summary>
/// The sums of a node's rows by bin of one feature, and how good it is to part them. A mutable struct that the grower is specialised on,
/// since these calls are its inner loops. Used by one thread.
/// </summary>
internal interface ISplitCells
{
    /// <summary>Takes the rows of the next node.</summary>
    /// <returns>Whether they are worth parting: not when all have the same label.</returns>
    bool Begin(ReadOnlySpan<int> rows);

    /// <summary>What the node's rows predict.</summary>
    /// <param name="values">[outputs], overwritten.</param>
    void Leaf(Span<double> values);

    /// <summary>Sums rows into empty cells.</summary>
    /// <param name="column">[rows of the table]: the feature's bins.</param>
    /// <param name="rows">The node's rows.</param>
    void Add(byte[] column, ReadOnlySpan<int> rows);

    /// <summary>Empties cells.</summary>
    void Clear(ReadOnlySpan<byte> bins);

    /// <summary>How many rows are in a bin.</summary>
    int Rows(byte bin);

    /// <summary>What categories are ordered by.</summary>
    double Key(byte bin);

    /// <summary>Makes the left part empty.</summary>
    void ClearLeft();

    /// <summary>Moves a bin's rows to the left part.</summary>
    void MoveLeft(byte bin);

    /// <summary>Rows on the left.</summary>
    int LeftRows { get; }

    /// <summary>Whether the left part weighs at least as much as the right one.</summary>
    bool LeftIsHeavier { get; }

    /// <summary>How much impurity (times weight) the two parts have less than the node.</summary>
    double Gain();

    /// <summary>A gain up to this is rounding.</summary>
    double Noise { get; }
}
