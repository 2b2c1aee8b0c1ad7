using TuneLab.Experiments;

namespace TuneLab.Analysis;

/// <summary>A number and its values on bootstrap resamples: percentile bounds (Efron and Tibshirani 1993, chapter 13). Immutable.</summary>
public sealed class BootstrapScore
{
    /// <summary>With fewer draws than this there are no bounds.</summary>
    public const int FewestDraws = 100;

    private readonly double[] _draws;

    /// <param name="value">On the rows themselves.</param>
    /// <param name="draws">On the resamples, in any order; NaN where it is not defined there (one class only), which is left out.</param>
    public BootstrapScore(double value, IEnumerable<double> draws)
    {
        Value = value;
        _draws = [.. draws.Where(d => !double.IsNaN(d))];
        Array.Sort(_draws);
    }

    /// <summary>How many rows a resample has. <value>0: not told.</value></summary>
    public int Rows { get; init; }

    /// <summary>On the rows themselves; NaN where it is not defined.</summary>
    public double Value { get; }

    /// <summary>On the resamples where it is defined, ascending.</summary>
    public IReadOnlyList<double> Draws => _draws;

    /// <summary>One-sided 95 % lower bound: the 5 % quantile of the draws.</summary>
    public double LowerBound => Quantile(0.05);

    /// <summary>One-sided 95 % upper bound: the 95 % quantile of the draws.</summary>
    public double UpperBound => Quantile(0.95);

    /// <summary>The value with its two-sided 95 % interval: the 2.5 % and 97.5 % quantiles.</summary>
    public HoldoutScore Interval => new(Value, Quantile(0.025), Quantile(0.975));

    /// <summary>The quantile of the draws, interpolated between neighbours; NaN when the value is, or when there are fewer than <see cref="FewestDraws"/> draws.</summary>
    /// <param name="share">In [0, 1].</param>
    public double Quantile(double share)
    {
        if (double.IsNaN(Value) || _draws.Length < FewestDraws)
        {
            return double.NaN;
        }

        var place = share * (_draws.Length - 1);
        var below = (int)place;
        return below + 1 < _draws.Length ? _draws[below] + (place - below) * (_draws[below + 1] - _draws[below]) : _draws[^1];
    }

    /// <summary>One-sided p-value of "it is at most <paramref name="limit"/>": (1 + draws at or below) / (1 + draws); NaN where there are no bounds.</summary>
    public double PAtMost(double limit)
        => double.IsNaN(Quantile(0)) ? double.NaN : (1.0 + _draws.Count(d => d <= limit)) / (1 + _draws.Length);

    /// <summary>The same with every number passed through a function, a change of unit or direction.</summary>
    public BootstrapScore Map(Func<double, double> change) => new(change(Value), _draws.Select(change)) { Rows = Rows };
}
