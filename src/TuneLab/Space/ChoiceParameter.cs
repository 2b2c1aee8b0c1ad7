namespace TuneLab.Space;

/// <summary>One of a list of names. Each owns an equal cell of the unit interval, in the order given.</summary>
public sealed record ChoiceParameter : Parameter
{
    /// <param name="name">Its name.</param>
    /// <param name="choices">At least one, distinct.</param>
    /// <exception cref="ArgumentException">None, or one twice.</exception>
    public ChoiceParameter(string name, params IReadOnlyList<string> choices)
        : base(name)
    {
        if (choices.Count == 0 || choices.Distinct(StringComparer.Ordinal).Count() != choices.Count)
        {
            throw new ArgumentException($"Parameter '{name}' needs at least one choice, each once; given are: {string.Join(", ", choices)}.", nameof(choices));
        }

        Choices = [.. choices];
    }

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <inheritdoc/>
    public override long? Cardinality => Choices.Count;

    /// <summary>Which cell a coordinate falls into.</summary>
    public int IndexOf(double unit) => Math.Min((int)(Math.Clamp(unit, 0, 1) * Choices.Count), Choices.Count - 1);

    /// <inheritdoc/>
    public override ParameterValue FromUnit(double unit) => Choices[IndexOf(unit)];

    /// <inheritdoc/>
    public override double ToUnit(ParameterValue value)
    {
        NumberRange.Require(this, value);
        return (IndexOf(value.ToString()) + 0.5) / Choices.Count;
    }

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => IndexOf(value.ToString()) >= 0;

    private int IndexOf(string name)
    {
        for (var i = 0; i < Choices.Count; i++)
        {
            if (Choices[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
