namespace TuneLab.Space;

/// <summary>
/// One hyperparameter that may be tuned; takes one coordinate of the unit cube. <see cref="FromUnit"/> and <see cref="ToUnit"/> round trip:
/// <c>FromUnit(ToUnit(v))</c> is <c>v</c> for every whole or stepped number and every choice, and for every real number of at most 12 significant digits.
/// </summary>
/// <param name="Name">Its name within the trainer, lower case with underscores.</param>
public abstract record Parameter(string Name)
{
    /// <summary>When it is active; null: always.</summary>
    public Condition? Condition { get; init; }

    /// <summary>Whether a configuration may leave it out even where it is active: the trainer then finds the value itself. Never so for a parameter that is searched.</summary>
    public bool Optional { get; init; }

    /// <summary>How many distinct values it can take; null when it is continuous.</summary>
    public abstract long? Cardinality { get; }

    /// <summary>The value at a coordinate.</summary>
    /// <param name="unit">In [0, 1]; values outside are clamped.</param>
    public abstract ParameterValue FromUnit(double unit);

    /// <summary>The coordinate of a value: for a stepped or whole number and for a choice the middle of its cell.</summary>
    /// <exception cref="ArgumentException">The value is outside the range or no known choice.</exception>
    public abstract double ToUnit(ParameterValue value);

    /// <summary>Whether the value is allowed.</summary>
    public abstract bool Contains(ParameterValue value);

    /// <summary>The range in words: <c>0.01 to 0.3, log</c>; <c>gini or entropy</c>.</summary>
    public string Describe() => this switch
    {
        FloatParameter f => NumberRange.Show(f.Low) + " to " + NumberRange.Show(f.High) + (f.Scale == Scale.Log ? ", log" : "") + (f.Step is { } step ? " in steps of " + NumberRange.Show(step) : ""),
        IntParameter i => i.Low.ToString(CultureInfo.InvariantCulture) + " to " + i.High.ToString(CultureInfo.InvariantCulture) + (i.Scale == Scale.Log ? ", log" : "") + (i.Step != 1 ? " in steps of " + i.Step.ToString(CultureInfo.InvariantCulture) : ", whole") + (i.AtMostTwoTo is { } exponent ? ", at most 2^" + exponent : ""),
        ChoiceParameter c => string.Join(" or ", c.Choices),
        _ => Name,
    };
}
