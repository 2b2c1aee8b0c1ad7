namespace TuneLab.Space;

/// <summary>The value of one hyperparameter: a number or a name.</summary>
public readonly record struct ParameterValue
{
    private ParameterValue(double number, string? text) => (Number, Name) = (number, text);

    /// <summary>The number; NaN when it is a name.</summary>
    public double Number { get; }

    /// <summary>The name of a choice; null when it is a number.</summary>
    public string? Name { get; }

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentException">It is NaN.</exception>
    public static ParameterValue Of(double number)
        => double.IsNaN(number) ? throw new ArgumentException("A hyperparameter can't be NaN.", nameof(number)) : new(number == 0 ? 0 : number, null);

    /// <summary>A choice.</summary>
    public static ParameterValue Of(string name) => new(double.NaN, name);

    /// <summary>A number as written with round trip, or the name: the canonical text that keys and files use.</summary>
    public override string ToString() => Name ?? Number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static implicit operator ParameterValue(double number) => Of(number);

    /// <summary>A choice.</summary>
    public static implicit operator ParameterValue(string name) => Of(name);
}
