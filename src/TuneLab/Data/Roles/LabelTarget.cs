using TuneLab.Errors;

namespace TuneLab.Data.Roles;

/// <summary>The label as numbers to learn.</summary>
/// <param name="Values">[rows]: class index or number.</param>
/// <param name="Classes">Names by index; empty for regression.</param>
internal sealed record LabelTarget(double[] Values, IReadOnlyList<string> Classes)
{
    private const int ListedClasses = 10;

    /// <summary>The numbers of a regression. A boolean is refused: who asks for a regression of yes and no has most likely chosen the wrong metric.</summary>
    /// <param name="source">For messages.</param>
    /// <param name="label">Without missing values.</param>
    /// <param name="rows">[label rows]: which row of the file each is, from 0.</param>
    public static LabelTarget NumbersOf(string source, Column label, int[] rows)
    {
        var values = label switch
        {
            NumberColumn numbers => numbers.Values,
            CategoryColumn { Type: ColumnType.Boolean } => throw new InputException(
                $"{source}: a regression needs a number as its label, and '{label.Name}' is a boolean ('{label.Text(0)}', for example).",
                "Choose a metric of a binary task (auc, logloss, ...) and say no other task; for a regression of 0 and 1 write these numbers."),
            _ => throw new InputException(
                $"{source}: a regression needs a number as its label, and '{label.Name}' is a {label.Type.ToString().ToLowerInvariant()} ('{label.Text(0)}', for example).",
                $"Say task: multiclass, or types: {{ {label.Name}: number }} to see which value is no number."),
        };
        var infinite = Array.FindIndex(values, v => !double.IsFinite(v));
        if (infinite >= 0)
        {
            throw new InputException($"{source} row {rows[infinite] + 1}: the label '{label.Name}' is {label.Text(infinite)}; a finite number is needed.", "Remove the row or correct it.");
        }

        return Array.TrueForAll(values, v => v == values[0])
            ? throw new InputException($"{source}: the label '{label.Name}' is {label.Text(0)} in all {values.Length} rows with a label; there is nothing to learn.", "Name another label.")
            : new LabelTarget(values, []);
    }

    /// <summary>The class index of each row.</summary>
    /// <param name="source">For messages.</param>
    /// <param name="label">Without missing values.</param>
    /// <param name="task">Binary or multiclass.</param>
    /// <param name="positive">Binary: the name of the positive class, or null: the last one.</param>
    public static LabelTarget ClassIndexes(string source, Column label, LearningTask task, string? positive)
    {
        var (values, names) = Codes(label);
        if (names.Length == 1)
        {
            throw new InputException($"{source}: the label '{label.Name}' has one class only, '{names[0]}'; there is nothing to learn.", "Name another label, or add rows of another class.");
        }

        if (task == LearningTask.Binary && names.Length > 2)
        {
            throw new InputException($"{source}: a binary task needs two classes, and the label '{label.Name}' has {names.Length}: {Listed(names)}.", "Say task: multiclass, or for a number task: regression.");
        }

        if (names.Length > 2 && names.Length > values.Length / 2)
        {
            throw new InputException($"{source}: the label '{label.Name}' has {names.Length} different values in {values.Length} rows; those are no classes.", "Name another label, or for a number say task: regression.");
        }

        return task == LearningTask.Binary ? WithPositive(source, label, values, names, positive) : new LabelTarget(values, names);
    }

    private static LabelTarget WithPositive(string source, Column label, double[] values, string[] names, string? positive)
    {
        if (positive is null || Find(label, names, positive) is not { } index)
        {
            return positive is null
                ? new LabelTarget(values, names)
                : throw new InputException($"{source}: the label '{label.Name}' has no class '{positive}' to be the positive one.", Nearest.Hint(positive, names, "classes"));
        }

        return index == 1 ? new LabelTarget(values, names) : new LabelTarget(Array.ConvertAll(values, v => 1 - v), [names[1], names[0]]);
    }

    // As written, else as a number (1.0 for 1), else in another case when that is unique.
    private static int? Find(Column label, string[] names, string wanted)
    {
        var index = Array.IndexOf(names, wanted);
        if (index < 0 && label is NumberColumn && double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            index = Array.IndexOf(names, number.ToString("R", CultureInfo.InvariantCulture));
        }

        if (index < 0 && names.Count(n => n.Equals(wanted, StringComparison.OrdinalIgnoreCase)) == 1)
        {
            index = Array.FindIndex(names, n => n.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        }

        return index < 0 ? null : index;
    }

    // Numbers in numeric order, booleans false first, names in ordinal order; classes without a row are left out.
    private static (double[] Values, string[] Names) Codes(Column label)
    {
        switch (label)
        {
            case NumberColumn numbers:
                var distinct = numbers.Values.Distinct().Order().ToArray();
                return (Array.ConvertAll(numbers.Values, v => (double)Array.BinarySearch(distinct, v)), Array.ConvertAll(distinct, v => v.ToString("R", CultureInfo.InvariantCulture)));
            case CategoryColumn categories:
                var used = categories.Codes.Distinct().Order().ToArray();
                return (Array.ConvertAll(categories.Codes, c => (double)Array.BinarySearch(used, c)), Array.ConvertAll(used, c => categories.Levels[c]));
            default:
                var texts = Enumerable.Range(0, label.Count).Select(label.Text).ToArray();
                var names = texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
                return (Array.ConvertAll(texts, t => (double)Array.BinarySearch(names, t, StringComparer.Ordinal)), names);
        }
    }

    private static string Listed(string[] names)
        => string.Join(", ", names.Take(ListedClasses).Select(n => $"'{n}'")) + (names.Length > ListedClasses ? ", ..." : "");
}
