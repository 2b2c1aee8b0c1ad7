using System.Diagnostics.CodeAnalysis;
using TuneLab.Errors;

namespace TuneLab.Space;

/// <summary>A trainer's id and a value for each of its active hyperparameters. Immutable; equal when the canonical texts are.</summary>
public sealed class Configuration : IEquatable<Configuration>
{
    private readonly SortedDictionary<string, ParameterValue> _values;

    /// <param name="trainer">The trainer's id; for a function of one's own any name.</param>
    /// <param name="values">The active hyperparameters; inactive ones (condition not met) are left out.</param>
    public Configuration(string trainer, IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        Trainer = trainer;
        _values = new SortedDictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            _values[name] = value;
        }

        Canonical = trainer + "{" + string.Join(",", _values.Select(v => v.Key + "=" + v.Value)) + "}";
    }

    /// <summary>The trainer's id.</summary>
    public string Trainer { get; }

    /// <summary>The values by name, in ordinal order of the names.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Values => _values;

    /// <summary><c>trainer{name=value,...}</c> in ordinal order, numbers with round trip: what cache keys are made of.</summary>
    public string Canonical { get; }

    /// <summary>The number of that name, or <paramref name="fallback"/> when it is not there.</summary>
    public double Number(string name, double fallback)
        => _values.TryGetValue(name, out var value) ? (value.Name is null ? value.Number : throw Mismatch(name, value, "a number")) : fallback;

    /// <summary>The whole number of that name, or <paramref name="fallback"/>.</summary>
    public int Whole(string name, int fallback) => (int)Math.Round(Number(name, fallback));

    /// <summary>The choice of that name, or <paramref name="fallback"/>.</summary>
    public string Choice(string name, string fallback)
        => _values.TryGetValue(name, out var value) ? value.Name ?? value.ToString() : fallback;

    /// <summary>The same with one value replaced or added.</summary>
    public Configuration With(string name, ParameterValue value) => new(Trainer, _values.Append(new(name, value)));

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Configuration? other) => other is not null && other.Canonical == Canonical;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Configuration);

    /// <inheritdoc/>
    public override int GetHashCode() => Canonical.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Canonical;

    private InputException Mismatch(string name, ParameterValue value, string expected)
        => new($"Hyperparameter '{Trainer}.{name}' is '{value}' and should be {expected}.");
}
