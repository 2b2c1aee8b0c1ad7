namespace TuneLab.Samplers.Local;

/// <summary>
/// The simplex of Nelder and Mead 1965, A simplex method for function minimization, in the order of steps of Lagarias et al. 1998, with the coefficients of Gao and Han 2012, Implementing the Nelder-Mead simplex
/// algorithm with adaptive parameters, section 3 (in one dimension those of two): reflection 1, expansion 1 + 2/n, contraction 3/4 - 1/(2n), shrinking 1 - 1/n. A point outside comes to the edge. Only comparisons of
/// scores are made. It has converged when no vertex is further than <see cref="Converged"/> from the best one in any coordinate.
/// </summary>
internal sealed class Simplex : ILocalSearch
{
    /// <summary>The largest extent of a simplex that has converged, as a part of the box's side.</summary>
    public const double Converged = 1e-3;

    private readonly Step _step;
    private readonly (double[] X, LocalScore Score)[] _vertices;
    private readonly (double[] X, LocalScore Score) _reflected;

    private Simplex(Step step, (double[] X, LocalScore Score)[] vertices, (double[] X, LocalScore Score) reflected, IReadOnlyList<double[]> wanted)
        => (_step, _vertices, _reflected, Wanted) = (step, vertices, reflected, wanted);

    private enum Step
    {
        Begin,
        Reflect,
        Expand,
        ContractOutside,
        ContractInside,
        Shrink,
        End,
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Wanted { get; }

    private int Dimensions => Math.Max(1, _vertices.Length - 1);

    private double Expansion => 1 + (2.0 / Math.Max(2, Dimensions));

    private double Contraction => 0.75 - (0.5 / Math.Max(2, Dimensions));

    private double Shrinking => 1 - (1.0 / Math.Max(2, Dimensions));

    /// <summary>A simplex to begin with.</summary>
    /// <param name="vertices">[dimensions + 1][dimensions] its corners.</param>
    public static Simplex Begin(double[][] vertices) => new(Step.Begin, [.. vertices.Select(x => (x, LocalScore.Failed))], default, vertices);

    /// <summary>The corners of a simplex around a frame's start: one step along each axis, to the side that has the room.</summary>
    /// <param name="frame">Where.</param>
    /// <param name="size">The step, as a part of the box's side; a discrete coordinate goes at least one cell.</param>
    public static double[][] Around(LocalFrame frame, double size)
    {
        var start = frame.Start;
        return [start, .. Enumerable.Range(0, start.Length).Select(i =>
        {
            var x = (double[])start.Clone();
            var step = Math.Max(size, frame.Cell(i));
            x[i] = x[i] + step <= 1 ? x[i] + step : Math.Max(0, x[i] - step);
            return x;
        })];
    }

    /// <inheritdoc/>
    public LocalScore Guess(int wanted)
        => _step == Step.Begin ? LocalScore.Failed : _vertices[_vertices.Length / 2].Score; // neither the best nor the worst: the next worst vertex moves next

    /// <inheritdoc/>
    public ILocalSearch After(IReadOnlyList<LocalScore> scores)
    {
        var tried = (X: Wanted[0], Score: scores[0]);
        switch (_step)
        {
            case Step.Begin:
                return Next([.. Wanted.Select((x, i) => (x, scores[i]))]);
            case Step.Shrink:
                return Next([_vertices[0], .. Wanted.Select((x, i) => (x, scores[i]))]);
            case Step.Reflect when tried.Score < _vertices[0].Score:
                return Want(Step.Expand, tried, Expansion);
            case Step.Reflect when tried.Score < _vertices[^2].Score:
                return Replace(tried);
            case Step.Reflect when tried.Score < _vertices[^1].Score:
                return Want(Step.ContractOutside, tried, Contraction);
            case Step.Reflect:
                return Want(Step.ContractInside, tried, -Contraction);
            case Step.Expand:
                return Replace(tried.Score < _reflected.Score ? tried : _reflected);
            case Step.ContractOutside when tried.Score <= _reflected.Score:
            case Step.ContractInside when tried.Score < _vertices[^1].Score:
                return Replace(tried);
            default:
                return new Simplex(Step.Shrink, _vertices, default, [.. _vertices.Skip(1).Select(v => Clamped(v.X.Select((x, i) => _vertices[0].X[i] + (Shrinking * (x - _vertices[0].X[i])))))]);
        }
    }

    private Simplex Replace((double[] X, LocalScore Score) vertex) => Next([.. _vertices[..^1], vertex]);

    private static Simplex Next((double[] X, LocalScore Score)[] vertices)
    {
        (double[] X, LocalScore Score)[] sorted = [.. vertices.OrderBy(v => v.Score)];
        var extent = sorted.Max(v => v.X.Zip(sorted[0].X, (a, b) => Math.Abs(a - b)).DefaultIfEmpty(0).Max());
        return extent <= Converged || sorted[0].Score == LocalScore.Failed
            ? new Simplex(Step.End, sorted, default, [])
            : new Simplex(Step.Reflect, sorted, default, []).Want(Step.Reflect, default, 1);
    }

    // the point on the line from the worst vertex through the middle of the others: 1 is its mirror image
    private Simplex Want(Step step, (double[] X, LocalScore Score) reflected, double share)
    {
        var worst = _vertices[^1].X;
        var point = Clamped(worst.Select((w, i) =>
        {
            var centre = _vertices[..^1].Average(v => v.X[i]);
            return centre + (share * (centre - w));
        }));
        return new Simplex(step, _vertices, reflected, [point]);
    }

    private static double[] Clamped(IEnumerable<double> x) => [.. x.Select(v => Math.Clamp(v, 0, 1))];
}
