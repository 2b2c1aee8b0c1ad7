using TuneLab.Space;

namespace TuneLab.Experiments.Commands;

/// <summary>The space of a program, which has no default one that the file could narrow: the file says it all.</summary>
internal static class CommandSpace
{
    /// <summary>Makes space and default.</summary>
    /// <param name="edits">By parameter; the order does not matter.</param>
    /// <param name="faults">What is wrong: the parameter and the sentence.</param>
    /// <returns>What is searched, in ordinal order of the names, and the default: the given ones, else the middle of a range and the first choice.</returns>
    public static (SearchSpace Space, Configuration Default) Build(IReadOnlyDictionary<string, ParameterEdit> edits, List<(string Parameter, string Text)> faults)
    {
        var parameters = new List<Parameter>();
        var start = new List<KeyValuePair<string, ParameterValue>>();
        foreach (var (name, edit) in edits.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            if (edit.Fixed is { } value)
            {
                start.Add(new(name, value));
            }
            else if (Parameter(name, edit, faults) is { } parameter)
            {
                parameters.Add(parameter);
                if (edit.Default is { } given && !parameter.Contains(given))
                {
                    faults.Add((name, $"Parameter '{name}': the default {given} is not in {parameter.Describe()}{In(edit)}."));
                }

                start.Add(new(name, edit.Default ?? parameter.FromUnit(parameter is ChoiceParameter ? 0 : 0.5)));
            }
        }

        return (new SearchSpace(parameters), new Configuration(CommandPlan.Trainer, start));
    }

    private static Parameter? Parameter(string name, ParameterEdit edit, List<(string, string)> faults)
    {
        if (edit.Choices is { } choices)
        {
            return Make(name, edit, faults, () => new ChoiceParameter(name, choices));
        }

        if (edit is not { Low: { } low, High: { } high })
        {
            faults.Add((name, $"Parameter '{name}': it needs low and high, or choices{In(edit)}."));
            return null;
        }

        var scale = edit.Scale ?? Scale.Linear;
        if (!edit.Whole)
        {
            return Make(name, edit, faults, () => new FloatParameter(name, low, high, scale, edit.Step));
        }

        if (new[] { low, high, edit.Step ?? 1 }.Any(n => n != Math.Floor(n)))
        {
            faults.Add((name, $"Parameter '{name}': type int needs whole numbers for low, high and step{In(edit)}."));
            return null;
        }

        return Make(name, edit, faults, () => new IntParameter(name, (long)low, (long)high, scale, (long)(edit.Step ?? 1)));
    }

    private static Parameter? Make(string name, ParameterEdit edit, List<(string, string)> faults, Func<Parameter> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            faults.Add((name, e.Message.TrimEnd('.') + In(edit) + "."));
            return null;
        }
    }

    private static string In(ParameterEdit edit) => edit.Where.Length == 0 ? "" : " in " + edit.Where;
}
