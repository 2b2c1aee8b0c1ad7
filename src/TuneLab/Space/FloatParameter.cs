namespace TuneLab.Space;

/// <summary>
/// A real number. Values keep 12 significant digits (on a linear scale those of the larger bound), so that a value written by a person or read from a file comes back from its coordinate
/// exactly, and the last bits of <c>Math.Exp</c> on another machine make no other configuration.
/// </summary>
public sealed record FloatParameter : Parameter
{
    /// <param name="name">Its name.</param>
    /// <param name="low">Lowest value, included.</param>
    /// <param name="high">Highest value, included.</param>
    /// <param name="scale">How it is spread.</param>
    /// <param name="step">Distance between values, counted from <paramref name="low"/>; null: continuous. Linear scale only.</param>
    /// <exception cref="ArgumentException">low exceeds high, a log scale without a positive low, a step that is not positive.</exception>
    public FloatParameter(string name, double low, double high, Scale scale = Scale.Linear, double? step = null)
        : base(name) => (Low, High, Scale, Step) = (low, high, scale, NumberRange.Check(name, low, high, scale, step));

    /// <summary>Lowest value.</summary>
    public double Low { get; }

    /// <summary>Highest value.</summary>
    public double High { get; }

    /// <summary>How it is spread.</summary>
    public Scale Scale { get; }

    /// <summary>Distance between values, or null.</summary>
    public double? Step { get; }

    /// <inheritdoc/>
    public override long? Cardinality => Step is { } step ? (long)Math.Floor((High - Low) / step + 1e-9) + 1 : Low == High ? 1 : null;

    /// <inheritdoc/>
    public override ParameterValue FromUnit(double unit)
    {
        unit = Math.Clamp(unit, 0, 1);
        if (Step is { } step)
        {
            var cells = Cardinality!.Value;
            return Snap(Low + Math.Min((long)(unit * cells), cells - 1) * step);
        }

        var value = Scale == Scale.Log ? Math.Exp(Math.Log(Low) + unit * (Math.Log(High) - Math.Log(Low))) : Low + unit * (High - Low);
        return Snap(value);
    }

    /// <inheritdoc/>
    public override double ToUnit(ParameterValue value)
    {
        NumberRange.Require(this, value);
        if (Step is { } step)
        {
            return (Math.Round((value.Number - Low) / step) + 0.5) / Cardinality!.Value;
        }

        if (Low == High || value.Number == Low || value.Number == High)
        {
            return Low == High ? 0.5 : value.Number == Low ? 0 : 1;
        }

        return Math.Clamp(Scale == Scale.Log ? (Math.Log(value.Number) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low)) : (value.Number - Low) / (High - Low), 0, 1);
    }

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => value.Name is null && value.Number >= Low && value.Number <= High
        && (Step is not { } step || Math.Abs(Math.Round((value.Number - Low) / step) * step + Low - value.Number) <= 1e-9 * Math.Max(1, Math.Abs(value.Number)));

    /// <summary>The value with 12 significant digits, inside the bounds.</summary>
    internal double Snap(double value)
    {
        var decimals = 11 - (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(Low), Math.Abs(High))));
        var text = Scale == Scale.Linear && decimals is >= 0 and <= 300
            ? value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : value.ToString("G12", CultureInfo.InvariantCulture);
        return Math.Clamp(double.Parse(text, CultureInfo.InvariantCulture), Low, High);
    }
}
