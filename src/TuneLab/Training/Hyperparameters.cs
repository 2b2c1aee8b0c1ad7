using TuneLab.Errors;
using TuneLab.Space;

namespace TuneLab.Training;

/// <summary>Reads hyperparameters: what a configuration leaves out has the trainer's default.</summary>
public sealed class Hyperparameters
{
    private readonly Configuration _given;
    private readonly Configuration _default;

    /// <param name="given">The configuration.</param>
    /// <param name="info">The trainer's.</param>
    /// <exception cref="InputException">A name that the trainer does not know, or a value out of its range; all of them at once.</exception>
    public Hyperparameters(Configuration given, TrainerInfo info)
    {
        (_given, _default) = (given, info.Default);
        var faults = new List<string>();
        foreach (var (name, value) in given.Values)
        {
            if (info.Parameters.IndexOf(name) is var index and >= 0)
            {
                var parameter = info.Parameters.Parameters[index];
                if (!parameter.Contains(value))
                {
                    faults.Add($"Hyperparameter '{info.Id}.{name}' can't be '{value}'; allowed is {parameter.Describe()}.");
                }
            }
            else
            {
                faults.Add($"The trainer '{info.Id}' has no hyperparameter '{name}'. " + Nearest.Hint(name, [.. info.Parameters.Parameters.Select(p => p.Name)], "hyperparameters"));
            }
        }

        if (faults.Count > 0)
        {
            throw new InputException($"The configuration of '{info.Id}' is wrong:", faults);
        }
    }

    /// <summary>The number of that name; NaN when neither the configuration nor the default has it.</summary>
    public double Number(string name) => _given.Number(name, _default.Number(name, double.NaN));

    /// <summary>The number of a parameter that only some configurations have.</summary>
    public double Number(string name, double fallback) => _given.Number(name, fallback);

    /// <summary>The whole number of that name.</summary>
    public int Whole(string name) => _given.Whole(name, _default.Whole(name, 0));

    /// <summary>The choice of that name.</summary>
    public string Choice(string name) => _given.Choice(name, _default.Choice(name, ""));
}
