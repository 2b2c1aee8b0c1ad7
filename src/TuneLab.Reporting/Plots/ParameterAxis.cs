using TuneLab.Reporting.Text;
using TuneLab.Space;

namespace TuneLab.Reporting.Plots;

/// <summary>An axis over the values of a hyperparameter, on its own scale: choices in cells, numbers linear or logarithmic as they are searched.</summary>
internal sealed class ParameterAxis
{
    private const int LongestChoice = 12;

    private readonly Parameter _parameter;
    private readonly double _from, _to;

    /// <param name="parameter">The hyperparameter.</param>
    /// <param name="from">Where its lowest value or first choice lies, in drawing units.</param>
    /// <param name="to">Where the other end lies.</param>
    /// <param name="ticks">How many ticks a number has.</param>
    public ParameterAxis(Parameter parameter, double from, double to, int ticks = 3)
    {
        (_parameter, _from, _to) = (parameter, from, to);
        if (parameter is ChoiceParameter choice)
        {
            Ticks = [.. choice.Choices.Select(c => (At(c), c.Length > LongestChoice ? c[..(LongestChoice - 1)] + "…" : c))];
        }
        else
        {
            Ticks = [.. Enumerable.Range(0, ticks).Select(i => parameter.FromUnit(i / (ticks - 1.0))).Distinct().Select(v => (At(v), Show.Short(Round(v.Number))))];
        }
    }

    /// <summary>Where ticks lie, and their labels.</summary>
    public IReadOnlyList<(double At, string Label)> Ticks { get; }

    /// <summary>Where a value lies.</summary>
    public double At(ParameterValue value) => _from + (_parameter.ToUnit(value) * (_to - _from));

    // a tick needs no more than three digits
    private static double Round(double value)
    {
        if (value == 0 || Math.Abs(value) >= 1000)
        {
            return value;
        }

        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return Math.Round(value / unit) * unit;
    }
}
