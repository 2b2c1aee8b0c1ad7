using TuneLab.Space;

namespace TuneLab.Analysis.Importance;

/// <summary>Gathers the effects of one tree after another.</summary>
internal sealed class EffectSums
{
    /// <summary>A tree of less variance than this, in that of the trials, has nothing to divide.</summary>
    public const double Least = 1e-12;

    private readonly AnovaSpace _space;
    private readonly List<bool[]?[]> _parts = [];
    private readonly int[] _partOfAxis;
    private readonly (int First, int Second, int Part)[] _pairs;
    private readonly double[][] _levels;
    private readonly Moments[] _mains;
    private readonly Moments[] _interactions;
    private readonly Moments[][] _curves;
    private int _trees;

    public EffectSums(AnovaSpace space)
    {
        _space = space;
        Part(space.Everything());
        var box = Hypercube.Whole(space.Space);
        int[] axes = [.. Enumerable.Range(0, space.Dimensions)];
        _partOfAxis = Array.ConvertAll(axes, axis => Part(space.WhereActive(axis)));
        _pairs = [.. axes.SelectMany(second => axes.Take(second).Select(first => (first, second, Part(space.WhereActive(first, second)))))];
        _levels = Array.ConvertAll(axes, axis => Levels(box, axis, FunctionalAnova.CurvePoints));
        (_mains, _interactions) = (new Moments[axes.Length], new Moments[_pairs.Length]);
        _curves = Array.ConvertAll(_levels, levels => new Moments[levels.Length]);
    }

    /// <summary>Takes one tree in; one whose draw has no variance to divide is left out.</summary>
    public void Add(AnovaTree tree)
    {
        var boxes = new LeafBoxes(tree, _space);
        LeafMeasure[] parts = [.. _parts.Select(part => new LeafMeasure(boxes, part))];
        var total = parts[0].Total;
        if (!(total > Least))
        {
            return;
        }

        _trees++;
        for (var axis = 0; axis < _mains.Length; axis++)
        {
            var part = parts[_partOfAxis[axis]];
            _mains[axis].Add(part.Volume * part.Main[axis] / total);
            for (var i = 0; i < _levels[axis].Length; i++)
            {
                _curves[axis][i].Add(part.Marginals[axis][boxes.CellOf(axis, _levels[axis][i])]);
            }
        }

        for (var i = 0; i < _pairs.Length; i++)
        {
            var (first, second, part) = _pairs[i];
            _interactions[i].Add(part < 0 ? 0 : parts[part].Volume * parts[part].Interaction(first, second) / total);
        }
    }

    /// <summary>What all trees came to.</summary>
    /// <param name="data">From which they were grown.</param>
    /// <param name="explained">Out-of-bag R².</param>
    public HyperparameterImportance Result(AnovaData data, double explained)
    {
        var parameters = _space.Space.Parameters;
        return new HyperparameterImportance(
            [.. parameters.Select((p, axis) => new HyperparameterEffect(
                p.Name,
                _mains[axis].Share,
                AnovaSpace.Volume(_parts[_partOfAxis[axis]]),
                [.. _levels[axis].Select((level, i) => new MarginalPoint(p.FromUnit(level), level, data.Center + data.Scale * _curves[axis][i].Mean, data.Scale * _curves[axis][i].Deviation))]))],
            [.. _pairs.Select((pair, i) => new InteractionEffect(parameters[pair.First].Name, parameters[pair.Second].Name, _interactions[i].Share)).OrderByDescending(e => e.Share.Value)],
            data.Count,
            _trees,
            explained);
    }

    /// <summary>The coordinates at which an effect is told: each choice, each value of a number with no more than so many of them, else so many evenly spread.</summary>
    public static double[] Levels(Hypercube box, int axis, int most)
    {
        var levels = BoxAxis.Count(box, axis) is { } count && (count <= most || box.Choices[axis] is not null) ? (int)count : most;
        return [.. Enumerable.Range(0, levels).Select(level => BoxAxis.Level(box, axis, level, levels))];
    }

    // the index of a part of the space, the same for the same one; -1 for none
    private int Part(bool[]?[]? allowed)
    {
        if (allowed is null)
        {
            return -1;
        }

        var known = _parts.FindIndex(p => p.Zip(allowed).All(pair => pair.First is null || pair.First.AsSpan().SequenceEqual(pair.Second)));
        if (known < 0)
        {
            _parts.Add(allowed);
        }

        return known < 0 ? _parts.Count - 1 : known;
    }
}
