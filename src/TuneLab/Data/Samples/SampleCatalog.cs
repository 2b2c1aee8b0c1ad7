using TuneLab.Errors;
using TuneLab.Randomness;

namespace TuneLab.Data.Samples;

/// <summary>The toy tables of <c>tunelab sample</c>: made by a known function plus noise, so that the score which no model can beat is known too.</summary>
public static class SampleCatalog
{
    private const int FewestRows = 50;
    private const int MostRows = 10_000_000;

    /// <summary>Every sample.</summary>
    public static IReadOnlyList<Sample> All { get; } = [new ChurnSample(), new HousesSample(), new SpeciesSample()];

    /// <summary>The sample of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Sample Get(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new InputException($"There is no sample '{name}'.", Nearest.Hint(name, [.. All.Select(s => s.Name)], "samples"));

    /// <summary>Makes a sample. A row depends on the seed and its number alone, so a longer table starts with the shorter one.</summary>
    /// <param name="name">The sample's name.</param>
    /// <param name="rows">50 to 10,000,000.</param>
    /// <param name="seed">Another seed draws other rows of the same function.</param>
    /// <exception cref="InputException">No such sample, or a row count out of range.</exception>
    public static SampleTable Make(string name, int rows, long seed)
    {
        var sample = Get(name);
        if (rows is < FewestRows or > MostRows)
        {
            throw new InputException($"{rows} rows asked for; a sample has {FewestRows} to {MostRows}.");
        }

        var root = new Seed((ulong)seed).Child("sample").Child(name);
        var table = new SampleTable(sample, rows, seed);
        for (var row = 0; row < rows; row++)
        {
            table.Add(sample.Draw(row, root.Child(row).Random()));
        }

        return table;
    }

    /// <summary>
    /// Writes NAME.csv, NAME.truth.csv (per row the true probability, expectation or class probabilities) and NAME.truth.json (the ceiling: the true function's own scores on
    /// these rows, and the function in words). Each file is written beside its place and then moved there.
    /// </summary>
    /// <param name="name">The sample's name.</param>
    /// <param name="rows">50 to 10,000,000. <value>Null: the sample's <see cref="Sample.DefaultRows"/>.</value></param>
    /// <param name="seed">Another seed draws other rows of the same function.</param>
    /// <param name="folder">Made when it is not there.</param>
    /// <returns>The three paths in that order.</returns>
    /// <exception cref="InputException">As <see cref="Make"/>, or the folder can't be written.</exception>
    public static IReadOnlyList<string> Write(string name, int? rows, long seed, string folder)
    {
        var table = Make(name, rows ?? Get(name).DefaultRows, seed);
        return SampleWriter.Write(table, folder);
    }
}
