namespace TuneLab.Learners.Linear;

/// <summary>How fast steps close in on a minimum, read from what each promised to gain.</summary>
/// <param name="tolerance">The promise that ends it.</param>
internal sealed class StepProgress(double tolerance)
{
    private const int Window = 3;
    private const double Inexact = 1e-4;

    private readonly List<double> _promises = [];

    /// <summary>For a search within a step: no finer than the progress of the steps is worth.</summary>
    public double Precision { get; private set; } = 0.1 * tolerance;

    /// <summary>How many more steps it takes at the pace of the last few; 0 while there is none yet.</summary>
    public double Remaining
    {
        get
        {
            var pace = Pace;
            return double.IsNaN(pace) || _promises[^1] <= tolerance ? 0 : pace >= 1 ? double.PositiveInfinity : Math.Log(tolerance / _promises[^1]) / Math.Log(pace);
        }
    }

    // the factor from one promise to the next
    private double Pace
    {
        get
        {
            var steps = Math.Min(Window, _promises.Count - 1);
            return steps < 1 ? double.NaN : Math.Pow(_promises[^1] / _promises[^(steps + 1)], 1.0 / steps);
        }
    }

    public void Add(double promise)
    {
        _promises.Add(promise);
        Precision = Math.Max(promise * Inexact, tolerance * 0.01);
    }

    /// <summary>Another Hessian: another pace.</summary>
    public void Restart() => _promises.Clear();

    /// <summary>Whether the step just taken was the last one that was needed.</summary>
    /// <param name="exact">Whether it was a Newton step: what is left is about the square of its promise.</param>
    /// <param name="known">Whether it came from a Hessian computed before: what is left shrinks at the pace of the steps. Else a few small steps in a row are needed.</param>
    public bool IsDone(bool exact, bool known)
        => exact ? _promises[^1] <= 10 * tolerance
            : known ? _promises[^1] <= (Pace <= 0.5 ? tolerance : 0.1 * tolerance)
            : _promises.Count >= Window && _promises.TakeLast(Window).All(p => p <= tolerance);
}
