namespace TuneLab.Space;

/// <summary>What may be tuned: parameters, each a coordinate of the unit cube. Immutable.</summary>
public sealed class SearchSpace
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly IntParameter[] _limited;

    /// <param name="parameters">Distinct names; a parameter with a condition stands after the choice that it depends on. May be empty: one configuration only.</param>
    /// <exception cref="ArgumentException">A name occurs twice, a condition names no earlier choice or a value that the choice doesn't have, or a limit no whole number.</exception>
    public SearchSpace(params IReadOnlyList<Parameter> parameters)
    {
        Parameters = [.. parameters];
        for (var i = 0; i < Parameters.Count; i++)
        {
            var parameter = Parameters[i];
            if (!_index.TryAdd(parameter.Name, i))
            {
                throw new ArgumentException($"Parameter '{parameter.Name}' occurs twice.", nameof(parameters));
            }

            if (parameter.Condition is { } condition)
            {
                if (!_index.TryGetValue(condition.Parameter, out var parent) || parent == i || Parameters[parent] is not ChoiceParameter choice
                    || condition.Values.Count == 0 || !condition.Values.All(v => choice.Choices.Contains(v)))
                {
                    throw new ArgumentException($"Parameter '{parameter.Name}' depends on '{condition.Parameter}' = {string.Join(" or ", condition.Values)}, which is no earlier choice with such values.", nameof(parameters));
                }
            }
        }

        _limited = [.. Parameters.OfType<IntParameter>().Where(p => p.AtMostTwoTo is not null)];
        if (Array.Find(_limited, p => _index.TryGetValue(p.AtMostTwoTo!, out var at) && Parameters[at] is not IntParameter { AtMostTwoTo: null }) is { } wrong)
        {
            throw new ArgumentException($"Parameter '{wrong.Name}' is at most 2^{wrong.AtMostTwoTo}, which is no whole number without such a limit of its own.", nameof(parameters));
        }
    }

    /// <summary>The parameters, in the order of the coordinates.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The number of coordinates.</summary>
    public int Dimensions => Parameters.Count;

    /// <summary>Whether a number limits another one.</summary>
    internal bool HasLimits => _limited.Length > 0;

    /// <summary>The coordinate of a parameter, or -1.</summary>
    public int IndexOf(string name) => _index.GetValueOrDefault(name, -1);

    /// <summary>How many distinct configurations there are when conditions are ignored; null when a parameter is continuous or the count overflows.</summary>
    public long? Cardinality
    {
        get
        {
            double product = 1;
            foreach (var parameter in Parameters)
            {
                if (parameter.Cardinality is not { } count || (product *= count) > long.MaxValue)
                {
                    return null;
                }
            }

            return (long)product;
        }
    }

    /// <summary>The configuration at a point. Inactive parameters are left out; a number above the limit that another one sets (<see cref="IntParameter.AtMostTwoTo"/>) is the limit.</summary>
    /// <param name="trainer">The trainer's id.</param>
    /// <param name="point">[dimensions] in [0, 1]; clamped.</param>
    /// <param name="others">Values of parameters that are not searched, added as they are; may be null.</param>
    public Configuration FromUnit(string trainer, ReadOnlySpan<double> point, Configuration? others = null)
    {
        var values = others is null ? [] : new Dictionary<string, ParameterValue>(others.Values);
        for (var i = 0; i < Parameters.Count; i++)
        {
            var parameter = Parameters[i];
            if (IsActive(parameter, values))
            {
                values[parameter.Name] = parameter.FromUnit(point[i]);
            }
            else
            {
                values.Remove(parameter.Name);
            }
        }

        foreach (var limited in _limited)
        {
            if (values.TryGetValue(limited.Name, out var value))
            {
                values[limited.Name] = Limited(limited, value, values);
            }
        }

        return new Configuration(trainer, values);
    }

    /// <summary>The point of a configuration: 0.5 for inactive or missing parameters, the nearest edge or the limit for numbers outside, the first choice's cell for unknown choices.</summary>
    public double[] ToUnit(Configuration configuration)
    {
        var point = new double[Dimensions];
        for (var i = 0; i < point.Length; i++)
        {
            var parameter = Parameters[i];
            if (!configuration.Values.TryGetValue(parameter.Name, out var value) || !IsActive(parameter, configuration.Values))
            {
                point[i] = 0.5;
                continue;
            }

            value = Limited(parameter, value, configuration.Values);
            point[i] = parameter.Contains(value) ? parameter.ToUnit(value) : Nearest(parameter, value);
        }

        return point;
    }

    /// <summary>Whether every active parameter has an allowed value, or may be left out and is.</summary>
    public bool Contains(Configuration configuration)
        => Parameters.All(p => !IsActive(p, configuration.Values) || (configuration.Values.TryGetValue(p.Name, out var value) ? p.Contains(value) && Limited(p, value, configuration.Values) == value : p.Optional));

    /// <summary>Whether a parameter matters, given the values of the ones before it.</summary>
    public static bool IsActive(Parameter parameter, IReadOnlyDictionary<string, ParameterValue> values)
        => parameter.Condition is not { } condition || (values.TryGetValue(condition.Parameter, out var value) && condition.Values.Contains(value.ToString()));

    private static ParameterValue Limited(Parameter parameter, ParameterValue value, IReadOnlyDictionary<string, ParameterValue> values)
        => parameter is IntParameter { AtMostTwoTo: { } exponent } whole && value.Name is null && values.TryGetValue(exponent, out var other) ? Math.Min(value.Number, whole.HighBeside(other.Number)) : value;

    private static double Nearest(Parameter parameter, ParameterValue value)
    {
        if (parameter is ChoiceParameter choice)
        {
            return 0.5 / choice.Choices.Count;
        }

        if (value.Name is not null)
        {
            return 0.5;
        }

        // the coordinate is monotone in the value: bisect for the closest allowed one
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = parameter.FromUnit(middle).Number < value.Number ? (middle, high) : (low, middle);
        }

        return parameter.ToUnit(parameter.FromUnit((low + high) / 2));
    }
}
