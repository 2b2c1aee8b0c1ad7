using TuneLab.Errors;

namespace TuneLab.Data.Roles;

/// <summary>Weights, groups, times and the given split as arrays, checked.</summary>
/// <param name="data">The rows with a label.</param>
/// <param name="roles">Which column is what.</param>
/// <param name="rows">[rows]: which row of the file each is, from 0.</param>
internal sealed class RoleColumns(Dataset data, DataRoles roles, int[] rows)
{
    /// <summary>Refuses names that are not there, and a label that is also something else; all faults at once.</summary>
    public static void Check(Dataset data, DataRoles roles)
    {
        List<(string Role, string Column)> named = [.. Named(roles), .. roles.Monotone.Keys.Select(column => ("monotone", column))];
        var unknown = named.Where(n => data.Find(n.Column) is null).ToArray();
        var faults = unknown.Select(n => $"{data.Source} has no column '{n.Column}' ({n.Role}).").ToList();
        faults.AddRange(named.Skip(1).Where(n => n.Column == roles.Label).Select(n => $"The label '{roles.Label}' can't be {n.Role} too."));
        if (faults.Count > 0)
        {
            var hint = unknown.Length == 0 ? "Name another column." : Nearest.Hint(unknown[0].Column, [.. data.Columns.Select(c => c.Name)], "columns");
            throw new InputException($"The roles of {data.Source}'s columns are wrong:", faults, hint);
        }
    }

    /// <summary>The columns that have no role, by name: the fingerprint does not know the file's order, so nothing that is learned may.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public static IReadOnlyList<Column> Features(Dataset data, DataRoles roles)
    {
        var taken = Named(roles).Select(n => n.Column).ToHashSet(StringComparer.Ordinal);
        var features = data.Columns.Where(c => !taken.Contains(c.Name)).OrderBy(c => c.Name, StringComparer.Ordinal).ToArray();
        return features.Length > 0
            ? features
            : throw new InputException($"{data.Source} has no feature left: each of its {data.Columns.Count} columns is the label, has a role or is ignored.", "Take columns out of data.ignore.");
    }

    /// <summary>[rows] of at least 0 with a positive sum, or null.</summary>
    public double[]? Weights()
    {
        if (roles.Weight is not { } name)
        {
            return null;
        }

        var values = (data[name] as NumberColumn)?.Values
            ?? throw new InputException($"{data.Source}: the weight '{name}' is a {Word(data[name])}; a number of at least 0 is needed.");
        var wrong = Array.FindIndex(values, w => !(w >= 0 && double.IsFinite(w)));
        if (wrong >= 0)
        {
            throw new InputException($"{data.Source} row {rows[wrong] + 1}: the weight '{name}' is {Shown(data[name], wrong)}; a number of at least 0 is needed.");
        }

        return values.Sum() > 0 ? values : throw new InputException($"{data.Source}: the weight '{name}' is 0 in every row.");
    }

    /// <summary>[rows]: a group number from 0 in the order of first appearance, or null.</summary>
    public int[]? Groups()
    {
        if (roles.Group is not { } name)
        {
            return null;
        }

        var column = data[name];
        RefuseMissing(column, "group");
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = new int[column.Count];
        for (var row = 0; row < groups.Length; row++)
        {
            var text = column.Text(row);
            if (!numbers.TryGetValue(text, out groups[row]))
            {
                numbers[text] = groups[row] = numbers.Count;
            }
        }

        return groups;
    }

    /// <summary>[rows]: the number, or the date's ticks, or null.</summary>
    public double[]? Times()
    {
        if (roles.Time is not { } name)
        {
            return null;
        }

        var column = data[name];
        RefuseMissing(column, "time");
        return column switch
        {
            NumberColumn numbers => numbers.Values,
            DateColumn dates => Array.ConvertAll(dates.Ticks, t => (double)t),
            _ => throw new InputException($"{data.Source}: the time '{name}' is a {Word(column)} ('{column.Text(0)}', for example); a number or a date is needed.", "Dates are best written as 2024-03-31."),
        };
    }

    /// <summary>[rows]: true for valid, false for train, or null.</summary>
    public bool[]? GivenValid()
    {
        if (roles.Split is not { } name)
        {
            return null;
        }

        var column = data[name];
        var valid = new bool[column.Count];
        for (var row = 0; row < valid.Length; row++)
        {
            var text = column.Text(row);
            valid[row] = text.Equals("valid", StringComparison.OrdinalIgnoreCase);
            if (!valid[row] && !text.Equals("train", StringComparison.OrdinalIgnoreCase))
            {
                throw new InputException($"{data.Source} row {rows[row] + 1}: the split '{name}' is {Shown(column, row)}; train or valid is needed.");
            }
        }

        return Array.Exists(valid, v => v) && Array.Exists(valid, v => !v)
            ? valid
            : throw new InputException($"{data.Source}: the split '{name}' says {(valid[0] ? "valid" : "train")} in every row; both train and valid rows are needed.");
    }

    private static List<(string Role, string Column)> Named(DataRoles roles)
    {
        var named = new List<(string, string)> { ("label", roles.Label) };
        foreach (var (role, column) in new[] { ("weight", roles.Weight), ("group", roles.Group), ("time", roles.Time), ("split", roles.Split) })
        {
            if (column is not null)
            {
                named.Add((role, column));
            }
        }

        named.AddRange(roles.Ignore.Select(column => ("ignore", column)));
        return named;
    }

    private void RefuseMissing(Column column, string role)
    {
        for (var row = 0; row < column.Count; row++)
        {
            if (column.IsMissing(row))
            {
                throw new InputException($"{data.Source} row {rows[row] + 1}: the {role} '{column.Name}' is missing; every row with a label needs one.");
            }
        }
    }

    private static string Shown(Column column, int row) => column.IsMissing(row) ? "missing" : $"'{column.Text(row)}'";

    private static string Word(Column column) => column.Type.ToString().ToLowerInvariant();
}
