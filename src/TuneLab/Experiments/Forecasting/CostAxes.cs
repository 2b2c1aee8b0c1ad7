using TuneLab.Space;

namespace TuneLab.Experiments.Forecasting;

/// <summary>The searched hyperparameters of a trainer as coordinates that a cost may depend on: a range from -0.5 to 0.5 on its scale, a choice as one coordinate for each of its values but the first.</summary>
/// <param name="edits">The trainer's whole space, as a stored plan has it.</param>
internal sealed class CostAxes(IReadOnlyDictionary<string, ParameterEdit> edits)
{
    private readonly (string Name, ParameterEdit Edit)[] _searched = [.. edits.Where(e => e.Value.Fixed is null && (e.Value.Choices is { Count: > 1 } || e.Value is { Low: not null, High: not null })).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value))];

    /// <summary>How many coordinates there are.</summary>
    public int Count => _searched.Sum(s => s.Edit.Choices is { } choices ? choices.Count - 1 : 1);

    /// <summary>[coordinates] those of a configuration; a value outside the range lies on its edge.</summary>
    public double[] Of(Configuration configuration)
    {
        var point = new List<double>(Count);
        foreach (var (name, edit) in _searched)
        {
            var known = configuration.Values.TryGetValue(name, out var value);
            if (edit.Choices is { } choices)
            {
                point.AddRange(choices.Skip(1).Select(c => known && value.Name == c ? 0.5 : -0.5));
            }
            else
            {
                point.Add(known ? Position(edit, value.Number) : 0);
            }
        }

        return [.. point];
    }

    private static double Position(ParameterEdit edit, double value)
    {
        var (low, high) = (edit.Low!.Value, edit.High!.Value);
        if (edit.Scale == Scale.Log && low > 0)
        {
            (low, high, value) = (Math.Log(low), Math.Log(high), Math.Log(Math.Max(value, low)));
        }

        return high > low && double.IsFinite(value) ? Math.Clamp((value - low) / (high - low), 0, 1) - 0.5 : 0;
    }
}
