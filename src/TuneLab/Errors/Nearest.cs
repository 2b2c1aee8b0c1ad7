namespace TuneLab.Errors;

/// <summary>Finds the known name that a person most likely meant.</summary>
public static class Nearest
{
    /// <summary>The candidate with the smallest edit distance (case ignored), or null when none is close.</summary>
    /// <param name="given">The name as it was given.</param>
    /// <param name="known">The names that exist.</param>
    /// <returns>A candidate at most a third of the longer name's length (and at least two edits) away, else null.</returns>
    public static string? Of(string given, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in known)
        {
            var distance = Distance(given.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance && distance <= Math.Max(2, Math.Max(given.Length, candidate.Length) / 3))
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>The sentence that names the nearest known name and lists the others.</summary>
    /// <param name="given">The name as it was given.</param>
    /// <param name="known">The names that exist, in the order to list them.</param>
    /// <param name="plural">What they are, for "the columns are ...".</param>
    public static string Hint(string given, IReadOnlyList<string> known, string plural)
    {
        var nearest = Of(given, known);
        var listed = known.Count <= 30 ? string.Join(", ", known) : string.Join(", ", known.Take(30)) + ", ... (" + known.Count + " in all)";
        return (nearest is null ? "" : "did you mean '" + nearest + "'? ") + "The " + plural + " are: " + listed + ".";
    }

    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitute = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitute, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
