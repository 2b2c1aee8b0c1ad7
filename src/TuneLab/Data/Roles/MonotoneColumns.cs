using TuneLab.Errors;

namespace TuneLab.Data.Roles;

/// <summary>Checks the columns that predictions shall follow in one direction.</summary>
internal static class MonotoneColumns
{
    /// <summary>Refuses a task without a direction, columns that are no features and columns without an order of their values; all faults at once.</summary>
    /// <param name="source">For messages.</param>
    /// <param name="roles">Which column is what; the columns are there and none is the label.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="features">The columns that are features.</param>
    public static void Check(string source, DataRoles roles, LearningTask task, IReadOnlyList<Column> features)
    {
        if (roles.Monotone.Count > 0 && task == LearningTask.Multiclass)
        {
            throw new InputException(
                $"{source}: the task is multiclass, and data.monotone names {string.Join(", ", roles.Monotone.Keys.Select(c => $"'{c}'"))}: classes have no order for a prediction to rise or fall in.",
                "Leave data.monotone out; for ordered classes write them as numbers and say task: regression.");
        }

        List<string> faults = [];
        foreach (var name in roles.Monotone.Keys)
        {
            switch (features.FirstOrDefault(f => f.Name == name))
            {
                case null:
                    faults.Add($"'{name}' is no feature (it is ignored or has another role) and can't be monotone.");
                    break;
                case { Type: not (ColumnType.Number or ColumnType.Boolean) } feature:
                    faults.Add($"'{name}' is a {feature.Type.ToString().ToLowerInvariant()} and can't be monotone; numbers and booleans can.");
                    break;
            }
        }

        if (faults.Count > 0)
        {
            throw new InputException($"data.monotone does not fit {source}:", faults, "Take these columns out of data.monotone, or give a column another type under data.types.");
        }
    }
}
