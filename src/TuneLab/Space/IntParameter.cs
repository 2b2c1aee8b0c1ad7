namespace TuneLab.Space;

/// <summary>A whole number.</summary>
public sealed record IntParameter : Parameter
{
    /// <param name="name">Its name.</param>
    /// <param name="low">Lowest value, included.</param>
    /// <param name="high">Highest value, included.</param>
    /// <param name="scale">How it is spread.</param>
    /// <param name="step">Distance between values, counted from <paramref name="low"/>. Other than 1 on the linear scale only.</param>
    /// <exception cref="ArgumentException">low exceeds high, a log scale without a positive low, a step that is not positive, bounds beyond 2^53.</exception>
    public IntParameter(string name, long low, long high, Scale scale = Scale.Linear, long step = 1)
        : base(name)
    {
        NumberRange.CheckWhole(name, low, high);
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

    /// <summary>
    /// The whole number that limits this one: where that one is above 0 in a configuration, this one is at most 2 to its power, but never below its own low (a tree of depth d has at most 2^d leaves). Null: none.
    /// The coordinate keeps its meaning: the space's values above the limit become the limit.
    /// </summary>
    public string? AtMostTwoTo { get; init; }

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

    /// <summary>The highest value beside a value of <see cref="AtMostTwoTo"/>.</summary>
    internal long HighBeside(double exponent)
        => exponent > 0 && Math.Pow(2, exponent) < High ? Low + (Math.Max(0, (long)Math.Pow(2, exponent) - Low) / Step * Step) : High;
}
