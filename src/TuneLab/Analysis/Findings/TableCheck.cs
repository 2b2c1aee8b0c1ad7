using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>One thing that may be wrong with a table. A pure function of its view: no training, no randomness, time at most in proportion to the table.</summary>
internal abstract class TableCheck
{
    private const int MostNames = 5;

    /// <summary>What it finds; as a rule nothing.</summary>
    public abstract IEnumerable<Finding> Look(TableView view);

    /// <summary>Names in quotes, the first few of them.</summary>
    protected static string Names(IReadOnlyList<string> names)
        => string.Join(", ", names.Take(MostNames).Select(n => $"'{n}'")) + (names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "");

    /// <summary>A part of the rows: <c>12.3 %</c>.</summary>
    protected static string Percent(double share) => (100 * share).ToString(share is > 0 and < 0.001 ? "0.00" : "0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A count with thousands parted.</summary>
    protected static string Whole(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun.</summary>
    protected static string Count(long count, string noun) => Whole(count) + " " + noun + (count == 1 ? "" : "s");

    /// <summary>The list to write behind a key of the experiment file.</summary>
    protected static string Listed(IReadOnlyList<string> names) => "[" + string.Join(", ", names.Take(MostNames).Select(YamlScalar.Of)) + (names.Count > MostNames ? ", ..." : "") + "]";
}
