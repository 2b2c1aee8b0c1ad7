using TuneLab.Space;

namespace TuneLab.Analysis.Importance;

/// <summary>The joint marginal of the two hyperparameters that matter most (Hutter, Hoos, Leyton-Brown 2014, section 4), averaged over the trees.</summary>
internal static class SurfaceSums
{
    /// <param name="forest">The trees.</param>
    /// <param name="space">The space.</param>
    /// <param name="data">From which they were grown.</param>
    /// <param name="effects">What they came to.</param>
    /// <returns>Null where no two hyperparameters that can vary are ever active together.</returns>
    public static MarginalSurface? Of(AnovaForest forest, AnovaSpace space, AnovaData data, HyperparameterImportance effects)
    {
        if (MostOf(space, effects) is not { } pair)
        {
            return null;
        }

        var (across, up) = pair;
        var allowed = space.WhereActive(across, up)!;
        var box = Hypercube.Whole(space.Space);
        var (columns, rows) = (Levels(across), Levels(up));
        var sums = rows.Select(_ => new Moments[columns.Length]).ToArray();
        foreach (var boxes in forest.Trees.Select(tree => new LeafBoxes(tree, space)).Where(boxes => new LeafMeasure(boxes, space.Everything()).Total > EffectSums.Least))
        {
            var joint = new LeafMeasure(boxes, allowed).Joint(up, across);
            var width = boxes.Edges[across].Length - 1;
            for (var r = 0; r < rows.Length; r++)
            {
                for (var c = 0; c < columns.Length; c++)
                {
                    sums[r][c].Add(joint[boxes.CellOf(up, rows[r]) * width + boxes.CellOf(across, columns[c])]);
                }
            }
        }

        return new MarginalSurface(
            Axis(across, columns), Axis(up, rows), AnovaSpace.Volume(allowed),
            [.. sums.Select(row => (IReadOnlyList<double>)Array.ConvertAll(row, m => data.Center + data.Scale * m.Mean))],
            [.. sums.Select(row => (IReadOnlyList<double>)Array.ConvertAll(row, m => data.Scale * m.Deviation))]);

        // a choice under which the other one is not active has nothing to show
        double[] Levels(int axis) => [.. EffectSums.Levels(box, axis, FunctionalAnova.SurfacePoints).Where((_, i) => allowed[axis]?[i] ?? true)];

        SurfaceAxis Axis(int axis, double[] levels)
        {
            var parameter = space.Space.Parameters[axis];
            return new SurfaceAxis(parameter.Name, [.. levels.Select(level => new SurfaceLevel(parameter.FromUnit(level), level))]);
        }
    }

    private static (int Across, int Up)? MostOf(AnovaSpace space, HyperparameterImportance effects)
    {
        var parameters = space.Space.Parameters;
        var own = effects.Hyperparameters.Select(h => h.Share.Value).ToArray();
        return effects.Interactions
            .Select(i => (First: space.Space.IndexOf(i.First), Second: space.Space.IndexOf(i.Second), i.Share.Value))
            .Where(p => space.WhereActive(p.First, p.Second) is { } allowed && Varies(p.First, allowed) && Varies(p.Second, allowed))
            .OrderByDescending(p => own[p.First] + own[p.Second] + p.Value).ThenBy(p => p.First).ThenBy(p => p.Second)
            .Select(p => ((int, int)?)(own[p.First] >= own[p.Second] ? (p.First, p.Second) : (p.Second, p.First))).FirstOrDefault();

        bool Varies(int axis, bool[]?[] allowed) => allowed[axis] is { } choices ? choices.Count(c => c) > 1 : parameters[axis].Cardinality != 1;
    }
}
