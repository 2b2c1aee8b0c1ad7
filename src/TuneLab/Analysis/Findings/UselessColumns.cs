using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>Features that can't help: <c>constant-column</c>, and <c>identifier-column</c>, a warning where the identifier counts the rows and thereby tells their order.</summary>
internal sealed class UselessColumns : TableCheck
{
    public override IEnumerable<Finding> Look(TableView view)
    {
        string[] constant = [.. view.Features.Where(c => c.Constant).Select(c => c.Name)];
        if (constant.Length > 0)
        {
            yield return new Finding("constant-column", FindingSeverity.Hint, constant, $"{Names(constant)} {(constant.Length == 1 ? "has" : "have")} the same value in every row, or none.", $"Leave {Them(constant)} out: data.ignore: {Listed(constant)}.");
        }

        // moments seldom come twice; they name no row for that
        var times = TimeColumns.Of(view.Table).Select(c => c.Name).ToHashSet();
        ColumnProfile[] identifiers = [.. view.Features.Where(c => c is { Identifier: true, Constant: false } && !times.Contains(c.Name))];
        foreach (var (counting, columns) in new[] { (true, identifiers.Where(Counts)), (false, identifiers.Where(c => !Counts(c))) })
        {
            string[] names = [.. columns.Select(c => c.Name)];
            if (names.Length > 0)
            {
                yield return new Finding(
                    "identifier-column", counting ? FindingSeverity.Warning : FindingSeverity.Hint, names,
                    $"{Names(names)} {(names.Length == 1 ? "names" : "name")} the rows: each of the {Whole(view.Profile.Rows)} has a value of its own{(counting ? ", without gaps, which tells a model in what order the rows were written down" : "")}.",
                    $"Leave {Them(names)} out: data.ignore: {Listed(names)}.");
            }
        }
    }

    private static bool Counts(ColumnProfile column) => column.Numbers is { } numbers && numbers.Max - numbers.Min == column.Distinct - 1;

    private static string Them(string[] names) => names.Length == 1 ? "it" : "them";
}
