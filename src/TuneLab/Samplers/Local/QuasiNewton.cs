namespace TuneLab.Samplers.Local;

/// <summary>
/// Quasi-Newton steps from differences: points a width away from the centre along the axes, to both sides at first, later along one side of those that older points near by say too little about; a
/// <see cref="QuadraticModel"/> of them; its least points inside three radii, tried at once; and on from the best one. The radius follows the one that was best and shrinks where none was better. Widths go from
/// <see cref="Widest"/> to <see cref="Narrowest"/> of the box's side, and to no less than a cell.
/// </summary>
internal sealed class QuasiNewton : ILocalSearch
{
    /// <summary>The first width of a difference, as a part of the box's side.</summary>
    public const double Widest = 0.05;

    /// <summary>The last one, for scores are noisy.</summary>
    public const double Narrowest = 0.01;

    // between the radii tried at once, and what a vain step leaves of the radius
    private const double Ratio = 2.5;

    // how far from the centre, in widths, a point may be and still tell of the slope, and what part of a width away from the span of others
    private const double Near = 3;
    private const double Apart = 0.3;

    // what part of a gain the model may have been wrong by, to be trusted on
    private const double Doubt = 0.25;

    private readonly LocalFrame _frame;
    private readonly bool _stepping;
    private readonly IReadOnlyList<(double[] X, LocalScore Score)> _points;
    private readonly (double[] X, LocalScore Score) _centre;
    private readonly QuadraticModel? _model;
    private readonly double _radius;

    private QuasiNewton(LocalFrame frame, bool stepping, IReadOnlyList<(double[] X, LocalScore Score)> points, (double[] X, LocalScore Score) centre, QuadraticModel? model, double radius, IReadOnlyList<double[]> wanted)
        => (_frame, _stepping, _points, _centre, _model, _radius, Wanted) = (frame, stepping, points, centre, model, radius, wanted);

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Wanted { get; }

    private double Width => Math.Clamp(_radius / 2, Narrowest, Widest);

    /// <summary>The search at a frame's start.</summary>
    /// <param name="frame">Where.</param>
    /// <param name="radius">How far the first step goes, about, as a part of the box's side.</param>
    public static QuasiNewton Begin(LocalFrame frame, double radius)
    {
        var start = frame.Snap(frame.Start);
        var empty = new QuasiNewton(frame, false, [], (start, LocalScore.Failed), null, radius, []);
        var wanted = new List<double[]> { start };
        for (var i = 0; i < start.Length; i++)
        {
            // where the box ends twice as far to the other side, for the curvature
            foreach (var x in new[] { empty.Beside(i, 1) ?? empty.Beside(i, -2), empty.Beside(i, -1) ?? empty.Beside(i, 2) })
            {
                if (x is not null && wanted.All(w => !w.SequenceEqual(x)))
                {
                    wanted.Add(x);
                }
            }
        }

        return new QuasiNewton(frame, false, [], (start, LocalScore.Failed), null, radius, wanted);
    }

    /// <inheritdoc/>
    public LocalScore Guess(int wanted) => _model is { } model ? new(0, model.At(Wanted[wanted])) { Guessed = true } : LocalScore.Failed;

    /// <inheritdoc/>
    public ILocalSearch After(IReadOnlyList<LocalScore> scores)
    {
        (double[] X, LocalScore Score)[] points = [.. _points, .. Wanted.Select((x, i) => (x, scores[i]))];
        var best = points.MinBy(p => p.Score);
        if (!_stepping)
        {
            return Model(points, best);
        }

        if (best.Score < _centre.Score)
        {
            var radius = Math.Clamp(Distance(best.X, _centre.X), _radius / Ratio, _radius * Ratio);
            return Foresaw(best) ? With(points, best, radius).Model(points, best) : Differences(points, best, radius);
        }

        return _radius > Narrowest ? Differences(points, _centre, _radius / Ratio) : new QuasiNewton(_frame, true, points, _centre, _model, _radius, []);
    }

    // a model that was right needs no new differences
    private bool Foresaw((double[] X, LocalScore Score) point)
    {
        var gain = _centre.Score.Loss - point.Score.Loss;
        return Math.Abs(_model!.At(point.X) - point.Score.Loss) < Doubt * gain;
    }

    private QuasiNewton With(IReadOnlyList<(double[] X, LocalScore Score)> points, (double[] X, LocalScore Score) centre, double radius)
        => new(_frame, false, points, centre, _model, Math.Min(radius, 0.5), []);

    // asks for what is missing around a centre
    private QuasiNewton Differences(IReadOnlyList<(double[] X, LocalScore Score)> points, (double[] X, LocalScore Score) centre, double radius)
    {
        var at = With(points, centre, radius);
        var missing = at.Missing();
        return missing.Count > 0 ? new QuasiNewton(_frame, false, points, centre, _model, at._radius, missing) : at.Model(points, centre);
    }

    // fits what is known and asks for steps
    private QuasiNewton Model(IReadOnlyList<(double[] X, LocalScore Score)> points, (double[] X, LocalScore Score) centre)
    {
        var n = centre.X.Length;
        if (centre.Score.Rank > 0 || n == 0)
        {
            return new QuasiNewton(_frame, true, points, centre, _model, _radius, []);
        }

        var reach = Math.Max(_radius, Near * Width);
        (double[] X, double Loss)[] near = [.. points.Where(p => p.Score is { Rank: 0, Guessed: false }).Select(p => (p.X, p.Score.Loss, Away: InWidths(p.X, centre.X)))
            .Where(p => p.Away * Width <= reach + 1e-9).OrderBy(p => p.Away).Take(Math.Min((4 * n) + 4, (n + 1) * (n + 2) / 2)).Select(p => (p.X, p.Loss))];
        var model = (_model ?? QuadraticModel.Flat(centre.X, centre.Score.Loss)).Fitted(centre.X, near, Math.Max(reach, Enumerable.Range(0, n).Max(_frame.Cell)));
        var wanted = new List<double[]>();
        foreach (var radius in (double[])[_radius, _radius / Ratio, Math.Min(_radius * Ratio, 1)])
        {
            var least = _frame.Snap(model.Least(radius));
            if (wanted.Append(centre.X).All(x => Distance(x, least) > 0.1 * Narrowest))
            {
                wanted.Add(least);
            }
        }

        var next = new QuasiNewton(_frame, true, points, centre, model, _radius, wanted);
        return wanted.Count > 0 || _radius <= Narrowest ? next : next.Differences(points, centre, _radius / Ratio);
    }

    // a point beside the centre along each axis that the points near by don't span
    private List<double[]> Missing()
    {
        var n = _centre.X.Length;
        var basis = new List<double[]>();
        foreach (var (x, _) in _points.Where(p => p.Score.Rank == 0 && InWidths(p.X, _centre.X) is > 0 and <= Near).OrderBy(p => InWidths(p.X, _centre.X)))
        {
            Extend(basis, [.. Enumerable.Range(0, n).Select(i => (x[i] - _centre.X[i]) / WidthOf(i))]);
        }

        var missing = new List<double[]>();
        for (var i = 0; i < n && basis.Count < n; i++)
        {
            var axis = new double[n];
            axis[i] = 1;
            var side = _model is { } model && model.Slope(_centre.X, i) > 0 ? -1 : 1;
            if (Extend(basis, axis) && (Beside(i, side) ?? Beside(i, -side)) is { } point)
            {
                missing.Add(point);
            }
        }

        return missing;
    }

    // takes a vector into an orthonormal basis unless it lies nearly in its span
    private static bool Extend(List<double[]> basis, double[] vector)
    {
        foreach (var other in basis)
        {
            var along = vector.Zip(other, (a, b) => a * b).Sum();
            vector = [.. vector.Zip(other, (a, b) => a - (along * b))];
        }

        var length = Math.Sqrt(vector.Sum(v => v * v));
        if (length < Apart)
        {
            return false;
        }

        basis.Add([.. vector.Select(v => v / length)]);
        return true;
    }

    // so many widths away; null where the box ends
    private double[]? Beside(int axis, int widths)
    {
        var x = (double[])_centre.X.Clone();
        x[axis] = Math.Clamp(x[axis] + (widths * WidthOf(axis)), 0, 1);
        x = _frame.Snap(x);
        return Math.Abs(x[axis] - _centre.X[axis]) >= 0.5 * WidthOf(axis) ? x : null;
    }

    private double WidthOf(int axis) => Math.Max(Width, _frame.Cell(axis));

    private double InWidths(double[] x, double[] centre) => x.Select((v, i) => Math.Abs(v - centre[i]) / WidthOf(i)).DefaultIfEmpty(0).Max();

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).DefaultIfEmpty(0).Max();
}
