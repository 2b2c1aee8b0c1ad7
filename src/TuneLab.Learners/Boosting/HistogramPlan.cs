using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Boosting;

/// <summary>Where each column's cells lie in a histogram, and the columns of a tree in pieces that are worked on at once.</summary>
internal sealed class HistogramPlan
{
    private readonly BinnedTable _table;
    private readonly int[][] _offsets; // [blocks][columns]
    private readonly List<Piece> _pieces = [];
    private int _threads;

    /// <param name="table">The columns.</param>
    public HistogramPlan(BinnedTable table)
    {
        _table = table;
        _offsets = new int[table.Blocks.Length][];
        for (var b = 0; b < _offsets.Length; b++)
        {
            _offsets[b] = new int[table.Blocks[b].Width];
            for (var at = 0; at < _offsets[b].Length; at++)
            {
                _offsets[b][at] = HistogramLength;
                HistogramLength = checked(HistogramLength + 2 * table.Blocks[b].Codes[at]);
            }
        }
    }

    /// <summary>Numbers in a whole histogram: two a code of each column.</summary>
    public int HistogramLength { get; }

    /// <summary>The features of this tree.</summary>
    public int[] Features { get; private set; } = [];

    /// <summary>The pieces of work, each of neighbouring columns of one block.</summary>
    public IReadOnlyList<Piece> Pieces => _pieces;

    /// <summary>Columns to sum, over all pieces.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>Takes the features of the next tree and cuts their columns into pieces, at least one for each thread where there are enough columns.</summary>
    public void Choose(int[] features, int threads)
    {
        if (features == Features && threads == _threads)
        {
            return;
        }

        (Features, _threads) = (features, threads);
        _pieces.Clear();
        ColumnCount = 0;
        var chosen = features.GroupBy(f => _table.Places[f].Column).OrderBy(g => g.Key).Select(g => (Place: _table.Places[g.First()], Features: g.ToArray())).ToList();
        foreach (var block in chosen.GroupBy(c => c.Place.Block))
        {
            var columns = block.ToList();
            ColumnCount += columns.Count;
            var parts = Math.Clamp((threads + _table.Blocks.Length - 1) / _table.Blocks.Length, 1, columns.Count);
            for (var part = 0; part < parts; part++)
            {
                var own = columns[(columns.Count * part / parts)..(columns.Count * (part + 1) / parts)];
                _pieces.Add(new Piece(
                    _table.Blocks[block.Key],
                    [.. own.Select(c => c.Place.At)],
                    [.. own.Select(c => _offsets[block.Key][c.Place.At])],
                    [.. own.SelectMany(c => c.Features)],
                    own.Exists(c => c.Place.Bundled)));
            }
        }
    }

    /// <summary>The cells of a feature's column.</summary>
    public Span<long> Cells(long[] histogram, FeaturePlace place)
        => histogram.AsSpan(_offsets[place.Block][place.At], 2 * _table.Blocks[place.Block].Codes[place.At]);

    /// <summary>Neighbouring columns of one block.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Columns">Their places in it.</param>
    /// <param name="Offsets">Where each one's cells begin in a histogram.</param>
    /// <param name="Features">The tree's features among theirs.</param>
    /// <param name="Bundled">Whether a column holds several features.</param>
    internal sealed record Piece(BinBlock Block, int[] Columns, int[] Offsets, int[] Features, bool Bundled)
    {
        /// <summary>Whether no column between them is left out.</summary>
        public bool Neighbours { get; } = Columns[^1] - Columns[0] == Columns.Length - 1;

        /// <summary>From the first cell to behind the last one.</summary>
        public (int From, int To) Cells { get; } = (Offsets[0], Offsets[^1] + 2 * Block.Codes[Columns[^1]]);
    }
}
