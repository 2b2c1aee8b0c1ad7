namespace TuneLab.Analysis.LearningCurves;

/// <summary>How the errors of points fall with their size: a power of it between 0 and -1, by least squares on logarithms.</summary>
internal sealed class ErrorTrend
{
    private readonly double _power;
    private readonly double _center;
    private readonly double _size;

    /// <param name="sizes">[points] above 0.</param>
    /// <param name="errors">[points] above 0.</param>
    public ErrorTrend(double[] sizes, double[] errors)
    {
        _size = sizes.Average(Math.Log);
        _center = errors.Average(Math.Log);
        var covariance = sizes.Zip(errors).Sum(p => (Math.Log(p.First) - _size) * (Math.Log(p.Second) - _center));
        _power = Math.Clamp(covariance / sizes.Sum(s => Math.Pow(Math.Log(s) - _size, 2)), -1, 0);
    }

    /// <summary>The error at a size.</summary>
    public double At(double size) => Math.Exp(_center + _power * (Math.Log(size) - _size));
}
