namespace TuneLab.Storage;

/// <summary>How much a trial is given. Trials of the same fidelity can be compared.</summary>
/// <param name="Rows">The fraction of each fold's training rows, in (0, 1].</param>
/// <param name="Rounds">The fraction of the configuration's rounds, in (0, 1].</param>
/// <param name="Folds">The fraction of the folds, the first ones, in (0, 1].</param>
public readonly record struct Fidelity(double Rows, double Rounds, double Folds)
{
    // what a product of two fractions may be off
    private const double Rounding = 1e-9;

    /// <summary>All rows, rounds and folds.</summary>
    public static Fidelity Full { get; } = new(1, 1, 1);

    /// <summary>Whether nothing is kept back.</summary>
    public bool IsFull => this == Full;

    /// <summary>The part of a whole trial's work, about: in (0, 1].</summary>
    public double Share => Rows * Rounds * Folds;

    /// <summary>How many rounds that is of at most <paramref name="all"/>; at least 1.</summary>
    public int RoundsOf(int all) => Part(Rounds, all);

    /// <summary>How many folds that is of <paramref name="all"/>; at least 1.</summary>
    public int FoldsOf(int all) => Part(Folds, all);

    /// <summary><c>all rows</c>, or what it has less of: <c>20 % of the rows</c>.</summary>
    public override string ToString()
    {
        string[] parts = [.. new[] { (Rows, "rows"), (Rounds, "rounds"), (Folds, "folds") }.Where(p => p.Item1 < 1)
            .Select(p => (p.Item1 * 100).ToString("0.##", CultureInfo.InvariantCulture) + " % of the " + p.Item2)];
        return parts.Length == 0 ? "all rows" : string.Join(", ", parts);
    }

    private static int Part(double fraction, int all) => Math.Clamp((int)Math.Ceiling((fraction * all) - Rounding), 1, Math.Max(1, all));
}
