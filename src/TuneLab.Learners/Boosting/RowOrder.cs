using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;

namespace TuneLab.Learners.Boosting;

/// <summary>The rows that a tree is grown on, in an order in which those of each node stand together. Reused from tree to tree.</summary>
internal sealed class RowOrder
{
    /// <summary>Below so many rows a second thread costs more than it saves.</summary>
    private const int WorthSharing = 8192;

    private readonly TableSample _data;
    private readonly Team _team;
    private readonly int[] _order;
    private readonly int[] _buffer;
    private readonly Action<int> _move;
    private FeatureView _feature;
    private int _begin;
    private int _count;
    private int _parts;
    private int[] _lefts = [];

    /// <param name="data">The training rows.</param>
    /// <param name="team">The threads that may help; how many does not change the order.</param>
    public RowOrder(TableSample data, Team team)
    {
        (_data, _team, _move) = (data, team, Move);
        (_order, _buffer) = (new int[data.Count], new int[data.Count]);
    }

    /// <summary>[256]: 1 for each code of the last split's column whose rows went left.</summary>
    public byte[] GoesLeft { get; } = new byte[256];

    /// <summary>Begins a tree.</summary>
    /// <param name="rows">The rows to grow on, ascending; null: all.</param>
    /// <returns>How many.</returns>
    public int Fill(int[]? rows)
    {
        if (rows is not null)
        {
            rows.CopyTo(_order, 0);
            return rows.Length;
        }

        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        return _order.Length;
    }

    /// <summary>The rows of a leaf.</summary>
    public ReadOnlySpan<int> Of(GrowingLeaf leaf) => _order.AsSpan(leaf.Begin, leaf.Count);

    /// <summary>Puts those of a node's rows that go left first; each part keeps its order.</summary>
    /// <param name="split">What parts them.</param>
    /// <param name="begin">Where the node's rows begin.</param>
    /// <param name="count">How many it has.</param>
    /// <returns>How many go left.</returns>
    public int Part(in Split split, int begin, int count)
    {
        _feature = _data.Feature(split.Feature);
        split.Table(_data.Table.Features[split.Feature].Count, _feature.BinOfCode, GoesLeft);
        (_begin, _count, _parts) = (begin, count, count < WorthSharing ? 1 : _team.Threads);
        if (_lefts.Length < _parts)
        {
            _lefts = new int[_parts];
        }

        _team.For(_parts, _move);
        var to = begin + _lefts[0];
        for (var part = 1; part < _parts; part++)
        {
            _order.AsSpan(PartBegin(part), _lefts[part]).CopyTo(_order.AsSpan(to));
            to += _lefts[part];
        }

        var left = to - begin;
        for (var part = 0; part < _parts; part++)
        {
            var from = PartBegin(part);
            var right = PartBegin(part + 1) - from - _lefts[part];
            _buffer.AsSpan(from, right).CopyTo(_order.AsSpan(to));
            to += right;
        }

        return left;
    }

    private int PartBegin(int part) => _begin + (int)((long)_count * part / _parts);

    private void Move(int part)
    {
        var (from, to) = (PartBegin(part), PartBegin(part + 1));
        _lefts[part] = RowPartition.Part(_order.AsSpan(from, to - from), _buffer.AsSpan(from, to - from), _feature, GoesLeft);
    }
}
