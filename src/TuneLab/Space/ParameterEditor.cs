using TuneLab.Experiments;

namespace TuneLab.Space;

/// <summary>Applies one edit to one parameter and says what is wrong with it.</summary>
/// <param name="name">The full name, <c>trainer.parameter</c>.</param>
/// <param name="widest">The parameter with the widest range that the trainer knows.</param>
/// <param name="edit">The edit.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class ParameterEditor(string name, Parameter widest, ParameterEdit edit, List<string> faults)
{
    private string In => edit.Where.Length == 0 ? "" : " in " + edit.Where;

    /// <summary>The value as the parameter has it (the text of a number is no choice's name), or null and a fault.</summary>
    public ParameterValue? Fix(ParameterValue value)
    {
        if (!widest.Contains(value))
        {
            Fault($"can't be '{value}'; allowed is {widest.Describe()}");
            return null;
        }

        return widest is ChoiceParameter ? ParameterValue.Of(value.ToString()) : value;
    }

    /// <summary>The parameter with the edit applied, or null and faults.</summary>
    /// <param name="from">What the edit starts from.</param>
    public Parameter? Change(Parameter from)
    {
        var before = faults.Count;
        Parameter? next = from switch
        {
            ChoiceParameter choice => Choices(choice),
            FloatParameter number => Real(number),
            IntParameter number => Whole(number),
            _ => null,
        };
        return faults.Count > before ? null : next;
    }

    private ChoiceParameter? Choices(ChoiceParameter from)
    {
        if (edit.Low is not null || edit.High is not null || edit.Scale is not null || edit.Step is not null)
        {
            Fault($"has choices ({widest.Describe()}) and no range; write a list of some of them");
            return null;
        }

        var chosen = edit.Choices ?? from.Choices;
        var known = ((ChoiceParameter)widest).Choices;
        foreach (var unknown in chosen.Where(c => !known.Contains(c)))
        {
            Fault($"has no choice '{unknown}'; {Errors.Nearest.Hint(unknown, known, "choices").TrimEnd('.')}");
        }

        if (chosen.Count == 0 || chosen.Distinct(StringComparer.Ordinal).Count() != chosen.Count)
        {
            Fault($"needs at least one choice, each once; given are '{string.Join(", ", chosen)}', allowed is {widest.Describe()}");
            return null;
        }

        return chosen.All(known.Contains) ? new ChoiceParameter(from.Name, chosen) { Condition = from.Condition } : null;
    }

    private FloatParameter? Real(FloatParameter from)
    {
        var scale = edit.Scale ?? from.Scale;
        var step = edit.Step ?? (scale == Scale.Log ? null : from.Step);
        var bounds = (FloatParameter)widest;
        return Range(from.Low, from.High, bounds.Low, bounds.High, scale, step) is var (low, high)
            ? Make(() => new FloatParameter(from.Name, low, high, scale, step) { Condition = from.Condition })
            : null;
    }

    private IntParameter? Whole(IntParameter from)
    {
        foreach (var (what, number) in new[] { ("low", edit.Low), ("high", edit.High), ("step", edit.Step) })
        {
            if (number is { } given && given != Math.Floor(given))
            {
                Fault($"is a whole number; {what} {NumberRange.Show(given)} is not");
                return null;
            }
        }

        var scale = edit.Scale ?? from.Scale;
        var step = edit.Step ?? (scale == Scale.Log ? 1 : from.Step);
        var bounds = (IntParameter)widest;
        return Range(from.Low, from.High, bounds.Low, bounds.High, scale, step == 1 ? null : step) is var (low, high)
            ? Make(() => new IntParameter(from.Name, (long)low, (long)high, scale, (long)step) { Condition = from.Condition, AtMostTwoTo = from.AtMostTwoTo })
            : null;
    }

    private (double Low, double High)? Range(double low, double high, double least, double most, Scale scale, double? step)
    {
        if (edit.Choices is { } choices)
        {
            Fault($"takes a range ({widest.Describe()}), not the choices '{string.Join(", ", choices)}'; write low and high");
            return null;
        }

        var before = faults.Count;
        if (edit.Low is { } newLow)
        {
            low = newLow;
            Within("low", low, least, most);
        }

        if (edit.High is { } newHigh)
        {
            high = newHigh;
            Within("high", high, least, most);
        }

        if (faults.Count == before && low > high)
        {
            faults.Add((edit.Low, edit.High) switch
            {
                (not null, not null) => $"Parameter '{name}': low {NumberRange.Show(low)} exceeds high {NumberRange.Show(high)}; swap them{In}.",
                (not null, _) => $"Parameter '{name}': low {NumberRange.Show(low)} exceeds the default high {NumberRange.Show(high)}; give a high too, up to {NumberRange.Show(most)},{In}.",
                _ => $"Parameter '{name}': high {NumberRange.Show(high)} is below the default low {NumberRange.Show(low)}; give a low too, down to {NumberRange.Show(least)},{In}.",
            });
        }

        if (faults.Count == before && scale == Scale.Log && low <= 0)
        {
            Fault($"a log scale needs a low above 0, not {NumberRange.Show(low)}");
        }

        if (step is <= 0 || (step is not null && scale == Scale.Log))
        {
            Fault($"a step of {NumberRange.Show(step.Value)} must be above 0 and the scale linear");
        }

        return faults.Count == before ? (low, high) : null;
    }

    private void Within(string what, double number, double least, double most)
    {
        if (!(number >= least && number <= most))
        {
            Fault($"{what} {NumberRange.Show(number)} lies outside the widest range that it takes ({widest.Describe()})");
        }
    }

    // what is left to go wrong is for the parameter itself to say
    private T? Make<T>(Func<T> make)
        where T : Parameter
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            faults.Add(e.Message.TrimEnd('.') + In + ".");
            return null;
        }
    }

    private void Fault(string what) => faults.Add($"Parameter '{name}': {what}{In}.");
}
