using TuneLab.Data.Roles;
using TuneLab.Errors;

namespace TuneLab.Data;

/// <summary>Makes a <see cref="TaskTable"/> of a dataset: checks the roles, leaves out rows without a label, numbers the classes.</summary>
public static class TaskTableBuilder
{
    /// <summary>The table to learn from. A column with a role (label, weight, group, time, split) is no feature.</summary>
    /// <param name="data">As read.</param>
    /// <param name="roles">Which column is what.</param>
    /// <param name="task">
    /// What is learned. Null, from the label: two values make a binary task, other names a multiclass one; a number is a regression unless its values are at most 20 whole
    /// numbers without gaps from 0 or 1, each with ten rows on average.
    /// </param>
    /// <exception cref="InputException">An unknown column; a label that is always missing, has one value only, or does not fit the task; a bad weight, group, time or split value; no feature; a monotone column that can't be one.</exception>
    public static TaskTable Build(Dataset data, DataRoles roles, LearningTask? task = null)
    {
        RoleColumns.Check(data, roles);
        var label = data[roles.Label];
        var rows = RowsWithLabel(label);
        if (rows.Length == 0)
        {
            throw new InputException($"{data.Source}: the label '{roles.Label}' is missing in all {data.RowCount} rows.", "Name another label, or list fewer texts under data.missing.");
        }

        var complete = rows.Length == data.RowCount;
        var kept = complete ? data : data.Select(rows);
        label = kept[roles.Label];
        var settled = task ?? TaskInference.Infer(label);
        var target = settled == LearningTask.Regression ? LabelTarget.NumbersOf(data.Source, label, rows) : LabelTarget.ClassIndexes(data.Source, label, settled, roles.Positive);
        if (settled != LearningTask.Binary && roles.Positive is not null)
        {
            throw new InputException($"positive: '{roles.Positive}' is given, but the task is {settled.ToString().ToLowerInvariant()}.", "Leave it out, or say task: binary.");
        }

        var features = RoleColumns.Features(kept, roles);
        MonotoneColumns.Check(data.Source, roles, settled, features);
        var roleColumns = new RoleColumns(kept, roles, rows);
        return new TaskTable
        {
            Data = kept,
            Task = settled,
            Roles = roles,
            Features = features,
            Target = target.Values,
            Classes = target.Classes,
            Weights = roleColumns.Weights(),
            Groups = roleColumns.Groups(),
            Times = roleColumns.Times(),
            GivenValid = roleColumns.GivenValid(),
            RowsWithoutLabel = data.RowCount - rows.Length,
            Fingerprint = DatasetFingerprint.Of(kept, roles, settled, features, target.Classes),
        };
    }

    private static int[] RowsWithLabel(Column label)
    {
        var rows = new List<int>(label.Count);
        for (var row = 0; row < label.Count; row++)
        {
            if (!label.IsMissing(row))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}
