namespace TuneLab.Data.Roles;

/// <summary>Tells the task from the label alone.</summary>
internal static class TaskInference
{
    private const int MostClasses = 20;
    private const int RowsPerClass = 10;

    /// <summary>The task that the label's values suggest.</summary>
    /// <param name="label">Without missing values.</param>
    public static LearningTask Infer(Column label)
    {
        if (label is not NumberColumn numbers)
        {
            return label is DateColumn ? LearningTask.Regression : Distinct(label) <= 2 ? LearningTask.Binary : LearningTask.Multiclass;
        }

        var values = numbers.Values.Distinct().Take(MostClasses + 1).Order().ToArray();
        return values.Length <= 2 ? LearningTask.Binary
            : IsCount(values) && numbers.Count >= RowsPerClass * values.Length ? LearningTask.Multiclass
            : LearningTask.Regression;
    }

    // Class numbers count up from 0 or 1; a grade from 3 to 9 is a quantity.
    private static bool IsCount(double[] sorted)
        => sorted.Length <= MostClasses && sorted[0] is 0 or 1 && sorted.Index().All(v => v.Item == sorted[0] + v.Index);

    private static int Distinct(Column label)
        => Enumerable.Range(0, label.Count).Select(label.Text).Distinct(StringComparer.Ordinal).Take(3).Count();
}
