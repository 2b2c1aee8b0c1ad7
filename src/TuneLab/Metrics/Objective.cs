namespace TuneLab.Metrics;

/// <summary>What ranks trials: a name and a direction. Immutable and thread-safe.</summary>
public abstract class Objective
{
    /// <summary>The name in the experiment file, lower case with underscores for a <see cref="Metric"/>.</summary>
    public abstract string Id { get; }

    /// <summary>Whether more is better.</summary>
    public abstract bool HigherIsBetter { get; }

    /// <summary>Positive when <paramref name="a"/> is better than <paramref name="b"/>, in its unit; NaN when either is.</summary>
    public double Gain(double a, double b) => HigherIsBetter ? a - b : b - a;

    /// <summary>Compares so that better comes first; NaN comes last.</summary>
    public int Compare(double a, double b)
        => double.IsNaN(a) ? (double.IsNaN(b) ? 0 : 1) : double.IsNaN(b) ? -1 : HigherIsBetter ? b.CompareTo(a) : a.CompareTo(b);

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>A score that a program says of itself.</summary>
/// <param name="id">Its name in the program's output.</param>
/// <param name="higherIsBetter">Whether more is better.</param>
public sealed class ReportedScore(string id, bool higherIsBetter) : Objective
{
    /// <inheritdoc/>
    public override string Id => id;

    /// <inheritdoc/>
    public override bool HigherIsBetter => higherIsBetter;
}
