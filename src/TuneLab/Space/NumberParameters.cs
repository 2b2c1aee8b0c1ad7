namespace TuneLab.Space;

/// <summary>A real number.</summary>
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
            return Low + Math.Min((long)(unit * cells), cells - 1) * step;
        }

        var value = Scale == Scale.Log ? Math.Exp(Math.Log(Low) + unit * (Math.Log(High) - Math.Log(Low))) : Low + unit * (High - Low);
        return Math.Clamp(value, Low, High);
    }

    /// <inheritdoc/>
    public override double ToUnit(ParameterValue value)
    {
        NumberRange.Require(this, value);
        if (Step is { } step)
        {
            return (Math.Round((value.Number - Low) / step) + 0.5) / Cardinality!.Value;
        }

        if (Low == High)
        {
            return 0.5;
        }

        return Math.Clamp(Scale == Scale.Log ? (Math.Log(value.Number) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low)) : (value.Number - Low) / (High - Low), 0, 1);
    }

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => value.Name is null && value.Number >= Low && value.Number <= High
        && (Step is not { } step || Math.Abs(Math.Round((value.Number - Low) / step) * step + Low - value.Number) <= 1e-9 * Math.Max(1, Math.Abs(value.Number)));
}

/// <summary>A whole number.</summary>
public sealed record IntParameter : Parameter
{
    /// <param name="name">Its name.</param>
    /// <param name="low">Lowest value, included.</param>
    /// <param name="high">Highest value, included.</param>
    /// <param name="scale">How it is spread.</param>
    /// <param name="step">Distance between values, counted from <paramref name="low"/>. Other than 1 on the linear scale only.</param>
    /// <exception cref="ArgumentException">low exceeds high, a log scale without a positive low, a step that is not positive.</exception>
    public IntParameter(string name, long low, long high, Scale scale = Scale.Linear, long step = 1)
        : base(name)
    {
        NumberRange.Check(name, low, high, scale, step == 1 && scale == Scale.Log ? null : step);
        (Low, High, Scale, Step) = (low, high, scale, step);
    }

    /// <summary>Lowest value.</summary>
    public long Low { get; }

    /// <summary>Highest value.</summary>
    public long High { get; }

    /// <summary>How it is spread.</summary>
    public Scale Scale { get; }

    /// <summary>Distance between values.</summary>
    public long Step { get; }

    /// <inheritdoc/>
    public override long? Cardinality => (High - Low) / Step + 1;

    /// <inheritdoc/>
    public override ParameterValue FromUnit(double unit)
    {
        unit = Math.Clamp(unit, 0, 1);
        if (Scale == Scale.Log)
        {
            // each whole number owns the interval half a unit around it, so that the ends are as likely as their neighbours
            var (a, b) = (Math.Log(Low - 0.5), Math.Log(High + 0.5));
            return Math.Clamp((long)Math.Floor(Math.Exp(a + unit * (b - a)) + 0.5), Low, High);
        }

        var cells = Cardinality!.Value;
        return Low + Math.Min((long)(unit * cells), cells - 1) * Step;
    }

    /// <inheritdoc/>
    public override double ToUnit(ParameterValue value)
    {
        NumberRange.Require(this, value);
        if (Scale == Scale.Log)
        {
            var (a, b) = (Math.Log(Low - 0.5), Math.Log(High + 0.5));
            return Math.Clamp((Math.Log(value.Number) - a) / (b - a), 0, 1);
        }

        return ((value.Number - Low) / Step + 0.5) / Cardinality!.Value;
    }

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value)
        => value.Name is null && value.Number >= Low && value.Number <= High && (value.Number - Low) % Step == 0;
}

internal static class NumberRange
{
    public static double? Check(string name, double low, double high, Scale scale, double? step)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low > high)
        {
            throw new ArgumentException($"Parameter '{name}': low {Show(low)} exceeds high {Show(high)}; swap them.");
        }

        if (scale == Scale.Log && low <= 0)
        {
            throw new ArgumentException($"Parameter '{name}': a log scale needs a low above 0, not {Show(low)}.");
        }

        if (step is <= 0 || (step is not null && scale == Scale.Log))
        {
            throw new ArgumentException($"Parameter '{name}': the step must be above 0 and the scale linear.");
        }

        return step;
    }

    public static void Require(Parameter parameter, ParameterValue value)
    {
        if (!parameter.Contains(value))
        {
            throw new ArgumentException($"Parameter '{parameter.Name}' can't be '{value}'; allowed is {parameter.Describe()}.");
        }
    }

    public static string Show(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
