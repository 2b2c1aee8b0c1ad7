using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Analysis.Importance;

/// <summary>
/// Grows one tree on a bootstrap draw of the trials (CART, squared error). A number's threshold is drawn between the two neighbouring trials, at an edge of a cell where it is discrete (Hutter, Xu, Hoos, Leyton-Brown 2014, section 4.2); choices
/// are ordered by their means (Breiman et al. 1984, section 9.4).
/// </summary>
internal sealed class AnovaTreeGrower
{
    private readonly AnovaData _data;
    private readonly SeededRandom _random;
    private readonly int _leastInLeaf;
    private readonly int[] _weights;
    private readonly int[][] _orders;
    private readonly bool[] _left;
    private readonly int[] _moved;
    private readonly List<AnovaNode> _nodes = [];

    /// <param name="data">The trials.</param>
    /// <param name="leastInLeaf">Fewest trials of the draw in a leaf.</param>
    /// <param name="random">For the draw and the thresholds.</param>
    public AnovaTreeGrower(AnovaData data, int leastInLeaf, SeededRandom random)
    {
        (_data, _leastInLeaf, _random) = (data, leastInLeaf, random);
        _weights = new int[data.Count];
        for (var i = 0; i < data.Count; i++)
        {
            _weights[random.NextInt(data.Count)]++;
        }

        _orders = Array.ConvertAll(data.Orders, order => Array.FindAll(order, i => _weights[i] > 0));
        _left = new bool[data.Count];
        _moved = new int[data.Count];
    }

    /// <summary>[trials] how often each was drawn; 0: the tree has not seen it.</summary>
    public IReadOnlyList<int> Weights => _weights;

    public AnovaTree Grow()
    {
        Grow(0, _orders[0].Length, _data.Space.Everything());
        return new AnovaTree(_nodes);
    }

    // every axis has the node's trials at the same places of its order
    private int Grow(int start, int end, bool[]?[] allowed)
    {
        var node = Sum(0, start, end, all: true);
        if (node.Weight >= 2 * _leastInLeaf && Best(start, end, allowed, node) is { } split)
        {
            var middle = Partition(start, end, split);
            var (leftAllowed, rightAllowed) = Narrow(allowed, split);
            var left = Grow(start, middle, leftAllowed);
            var right = Grow(middle, end, rightAllowed);
            _nodes.Add(new AnovaNode(split.Axis, split.Threshold, split.LeftChoices, left, right, 0));
        }
        else
        {
            _nodes.Add(AnovaNode.Leaf(node.Mean));
        }

        return _nodes.Count - 1;
    }

    private Split? Best(int start, int end, bool[]?[] allowed, Sums node)
    {
        Split? best = null;
        for (var axis = 0; axis < _data.Space.Dimensions; axis++)
        {
            var candidate = _data.Space.IsActive(axis, allowed) ? Best(axis, start, end, allowed, node) : Gate(axis, start, end, allowed, node);
            if (candidate is not null && candidate.Gain > (best?.Gain ?? 1e-9))
            {
                best = candidate;
            }
        }

        return best is { LeftChoices: null } number ? number with { Threshold = Threshold(number.Axis, number.Below, number.Above) } : best;
    }

    private Split? Best(int axis, int start, int end, bool[]?[] allowed, Sums active)
        => _data.Space.Choices(axis) > 0 ? BestOfChoices(axis, start, end, allowed[axis]!, active) : BestOfNumbers(axis, start, end, active);

    // An axis that is active in part of the node only: the split by its condition, which counts as much as it and the axis's own split inside bring together. Else a choice that does nothing by itself would never let what depends on it be seen.
    private Split? Gate(int axis, int start, int end, bool[]?[] allowed, Sums node)
    {
        var parent = _data.Space.Parent(axis);
        if (!_data.Space.IsActive(parent, allowed))
        {
            return null;
        }

        var active = Sum(axis, start, end, all: false);
        var rest = node - active;
        bool[] met = [.. allowed[parent]!.Select((a, i) => a && _data.Space.Meets(axis)[i])];
        return active.Weight < _leastInLeaf || rest.Weight < _leastInLeaf
            ? null
            : new Split(parent, met, active.Gain + rest.Gain - node.Gain + (Best(axis, start, end, allowed, active)?.Gain ?? 0));
    }

    private Split? BestOfNumbers(int axis, int start, int end, Sums active)
    {
        var (column, isActive, order) = (_data.Points[axis], _data.Active[axis], _orders[axis]);
        var left = default(Sums);
        var last = double.NaN;
        Split? best = null;
        for (var i = start; i < end; i++)
        {
            var trial = order[i];
            if (!isActive[trial])
            {
                continue;
            }

            var right = active - left;
            if (column[trial] > last && left.Weight >= _leastInLeaf && right.Weight >= _leastInLeaf && left.Gain + right.Gain - active.Gain is var gain && gain > (best?.Gain ?? 0))
            {
                best = new Split(axis, null, gain) { Below = last, Above = column[trial] };
            }

            left += Of(trial);
            last = column[trial];
        }

        return best;
    }

    private Split? BestOfChoices(int axis, int start, int end, bool[] allowed, Sums active)
    {
        var sums = new Sums[allowed.Length];
        foreach (var trial in _orders[axis].AsSpan(start, end - start))
        {
            if (_data.Active[axis][trial])
            {
                sums[(int)_data.Points[axis][trial]] += Of(trial);
            }
        }

        int[] seen = [.. Enumerable.Range(0, sums.Length).Where(c => sums[c].Weight > 0).OrderBy(c => sums[c].Mean)];
        var left = default(Sums);
        var (best, count) = (0.0, 0);
        for (var i = 1; i < seen.Length; i++)
        {
            left += sums[seen[i - 1]];
            var right = active - left;
            if (left.Weight >= _leastInLeaf && right.Weight >= _leastInLeaf && left.Gain + right.Gain - active.Gain is var gain && gain > best)
            {
                (best, count) = (gain, i);
            }
        }

        if (count == 0)
        {
            return null;
        }

        // choices that no trial here has go with the larger side
        var unseenLeft = 2 * seen[..count].Sum(c => sums[c].Weight) >= active.Weight;
        return new Split(axis, [.. allowed.Select((a, c) => a && (sums[c].Weight > 0 ? Array.IndexOf(seen, c) < count : unseenLeft))], best);
    }

    private double Threshold(int axis, double below, double above)
    {
        var parameter = _data.Space.Space.Parameters[axis];
        var drawn = below + _random.NextDouble() * (above - below);
        return parameter.Cardinality is null ? (drawn > below ? drawn : above)
            : parameter.ToUnit(parameter.FromUnit(drawn)) > below ? BoxAxis.LowerEdge(parameter, drawn) : BoxAxis.UpperEdge(parameter, drawn);
    }

    private int Partition(int start, int end, Split split)
    {
        var column = _data.Points[split.Axis];
        foreach (var trial in _orders[0].AsSpan(start, end - start))
        {
            _left[trial] = split.LeftChoices is null ? column[trial] < split.Threshold : split.LeftChoices[(int)column[trial]];
        }

        var middle = start;
        foreach (var order in _orders)
        {
            middle = start;
            var moved = 0;
            for (var i = start; i < end; i++)
            {
                if (_left[order[i]])
                {
                    order[middle++] = order[i];
                }
                else
                {
                    _moved[moved++] = order[i];
                }
            }

            Array.Copy(_moved, 0, order, middle, moved);
        }

        return middle;
    }

    private static (bool[]?[] Left, bool[]?[] Right) Narrow(bool[]?[] allowed, Split split)
    {
        if (split.LeftChoices is not { } chosen)
        {
            return (allowed, allowed);
        }

        var (left, right) = ((bool[]?[])allowed.Clone(), (bool[]?[])allowed.Clone());
        left[split.Axis] = chosen;
        right[split.Axis] = [.. allowed[split.Axis]!.Select((a, i) => a && !chosen[i])];
        return (left, right);
    }

    private Sums Sum(int axis, int start, int end, bool all)
    {
        var sum = default(Sums);
        foreach (var trial in _orders[axis].AsSpan(start, end - start))
        {
            if (all || _data.Active[axis][trial])
            {
                sum += Of(trial);
            }
        }

        return sum;
    }

    private Sums Of(int trial) => new(_weights[trial], _weights[trial] * _data.Scores[trial]);

    private sealed record Split(int Axis, bool[]? LeftChoices, double Gain)
    {
        public double Below { get; init; }

        public double Above { get; init; }

        public double Threshold { get; init; }
    }

    private readonly record struct Sums(int Weight, double Total)
    {
        public double Mean => Total / Weight;

        /// <summary>What a mean of its own takes off the sum of squares.</summary>
        public double Gain => Weight == 0 ? 0 : Total * Total / Weight;

        public static Sums operator +(Sums a, Sums b) => new(a.Weight + b.Weight, a.Total + b.Total);

        public static Sums operator -(Sums a, Sums b) => new(a.Weight - b.Weight, a.Total - b.Total);
    }
}
