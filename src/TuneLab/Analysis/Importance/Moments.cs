namespace TuneLab.Analysis.Importance;

/// <summary>Mean and deviation of a stream of numbers (Welford 1962).</summary>
internal struct Moments
{
    private int _count;
    private double _squares;

    public double Mean { get; private set; }

    public readonly double Deviation => _count < 2 ? 0 : Math.Sqrt(_squares / (_count - 1));

    public readonly VarianceShare Share => new(Math.Clamp(Mean, 0, 1), Deviation);

    public void Add(double number)
    {
        _count++;
        var step = number - Mean;
        Mean += step / _count;
        _squares += step * (number - Mean);
    }
}
