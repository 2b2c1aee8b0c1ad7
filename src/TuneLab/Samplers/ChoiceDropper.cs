using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>One choice parameter of <see cref="HypercubeShrinker"/>: which choices are left.</summary>
internal static class ChoiceDropper
{
    /// <summary>Drops the choices that had enough trials and none among the kept ones; those are then all worse than every kept trial, ties aside.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="allowed">The choices allowed so far.</param>
    /// <param name="seen">The trials in which it was active, best first; at least one.</param>
    /// <param name="axis">Its coordinate.</param>
    /// <param name="kept">How many of the trials are the best share.</param>
    /// <param name="score">Turns a loss into a score.</param>
    /// <param name="notes">Takes a sentence for each dropped choice.</param>
    /// <returns>The choices left: at least one, ascending.</returns>
    public static IReadOnlyList<int> Drop(ChoiceParameter parameter, IReadOnlyList<int> allowed, Observation[] seen, int axis, int kept, Func<double, double> score, List<string> notes)
    {
        var left = new List<int>();
        var said = new List<string>();
        foreach (var index in allowed)
        {
            Observation[] own = [.. seen.Where(o => parameter.IndexOf(o.Point[axis]) == index)];
            if (own.Length < HypercubeShrinker.TrialsToDrop || seen.Take(kept).Any(o => parameter.IndexOf(o.Point[axis]) == index))
            {
                left.Add(index);
                continue;
            }

            said.Add($"{parameter.Name}: '{parameter.Choices[index]}' dropped: best of {own.Length} trials {Text(score(own[0].Loss))} against {Text(score(seen[0].Loss))}");
        }

        // the best trials may lie outside the box with choices dropped before: then nothing is known against those left
        if (left.Count == 0)
        {
            return allowed;
        }

        notes.AddRange(said);
        return left;
    }

    private static string Text(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
}
