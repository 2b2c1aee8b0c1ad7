using TuneLab.Errors;
using TuneLab.Experiments;

namespace TuneLab.Space;

/// <summary>Applies a plan's <c>space:</c> to a trainer's default space.</summary>
public static class SpaceEditor
{
    /// <summary>
    /// Narrows, replaces, adds or fixes parameters. A range must lie within the widest one that the trainer knows, choices must be some of its choices. What an edit leaves out stays as in the
    /// default space (as in <paramref name="parameters"/> for a parameter that is not searched by default). A condition on a choice that is not searched is settled by its fixed or default
    /// value: met, the parameter is searched always; not met, it is not searched. A limit (<see cref="IntParameter.AtMostTwoTo"/>) by a number that is not searched lowers the range.
    /// </summary>
    /// <param name="trainer">The trainer's id, for messages.</param>
    /// <param name="parameters">All hyperparameters that the trainer knows, with their widest ranges.</param>
    /// <param name="defaultSpace">What is searched when the plan says nothing.</param>
    /// <param name="defaults">The trainer's default configuration.</param>
    /// <param name="edits">The edits by hyperparameter.</param>
    public static EditedSpace Apply(string trainer, SearchSpace parameters, SearchSpace defaultSpace, Configuration defaults, IReadOnlyDictionary<string, ParameterEdit> edits)
    {
        var faults = new List<string>();
        var changed = new Dictionary<string, Parameter>(StringComparer.Ordinal);
        var fixedValues = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (name, edit) in edits)
        {
            var known = parameters.IndexOf(name);
            if (known < 0)
            {
                faults.Add($"{trainer} has no hyperparameter '{name}'{In(edit)}; {Nearest.Hint(name, [.. parameters.Parameters.Select(p => p.Name)], "hyperparameters")}");
                continue;
            }

            var own = defaultSpace.IndexOf(name);
            var parameter = new ParameterEditor(trainer + "." + name, parameters.Parameters[known], edit, faults);
            if (edit.Fixed is { } value)
            {
                if (parameter.Fix(value) is { } accepted)
                {
                    fixedValues[name] = accepted;
                }
            }
            else if (parameter.Change(own < 0 ? parameters.Parameters[known] : defaultSpace.Parameters[own]) is { } next)
            {
                changed[name] = next;
            }
        }

        var settled = new Dictionary<string, ParameterValue>(defaults.Values, StringComparer.Ordinal);
        foreach (var (name, value) in fixedValues)
        {
            settled[name] = value;
        }

        var searched = new List<Parameter>();
        foreach (var known in parameters.Parameters)
        {
            var own = defaultSpace.IndexOf(known.Name);
            var parameter = changed.GetValueOrDefault(known.Name) ?? (own < 0 ? null : defaultSpace.Parameters[own]);
            if (parameter is null || fixedValues.ContainsKey(known.Name))
            {
                continue;
            }

            if (Settle(parameter, searched, settled) is { } active)
            {
                searched.Add(active is IntParameter { AtMostTwoTo: { } exponent } limited && !IsSearched(exponent) ? Lowered(limited, settled.TryGetValue(exponent, out var value) ? value.Number : 0) : active);
            }
            else if (edits.TryGetValue(known.Name, out var edit))
            {
                faults.Add($"Parameter '{trainer}.{known.Name}' only matters when '{parameter.Condition!.Parameter}' is {string.Join(" or ", parameter.Condition.Values)}, which is never so here; "
                    + $"leave it out or change '{parameter.Condition.Parameter}'{In(edit)}.");
            }
        }

        return new EditedSpace(new SearchSpace(searched), fixedValues, faults);

        bool IsSearched(string name) => !fixedValues.ContainsKey(name) && (changed.ContainsKey(name) || defaultSpace.IndexOf(name) >= 0);
    }

    private static IntParameter Lowered(IntParameter limited, double exponent)
        => new(limited.Name, limited.Low, limited.HighBeside(exponent), limited.Scale, limited.Step) { Condition = limited.Condition };

    // the parameter with what is left of its condition, or null when the condition is never met
    private static Parameter? Settle(Parameter parameter, List<Parameter> searched, Dictionary<string, ParameterValue> settled)
    {
        if (parameter.Condition is not { } condition)
        {
            return parameter;
        }

        if (searched.Find(p => p.Name == condition.Parameter) is ChoiceParameter parent)
        {
            string[] left = [.. condition.Values.Where(parent.Choices.Contains)];
            return left.Length == 0 ? null : parameter with { Condition = new Condition(condition.Parameter, left) };
        }

        return settled.TryGetValue(condition.Parameter, out var value) && condition.Values.Contains(value.ToString()) ? parameter with { Condition = null } : null;
    }

    private static string In(ParameterEdit edit) => edit.Where.Length == 0 ? "" : " in " + edit.Where;
}
