using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>Features that give the label away: <c>label-copy</c>, and <c>label-giveaway</c> where one column alone tells nearly all of it (<see cref="LabelRelation.Alone"/>).</summary>
internal sealed class GiveawayColumns : TableCheck
{
    private const int FewestRows = 20;

    // of wrong answers avoided, and of the variance: a number is told well by an honest column more often than a class is
    private const double ClassesWarn = 0.97, ClassesHint = 0.95, NumbersWarn = 0.99, NumbersHint = 0.97;

    public override IEnumerable<Finding> Look(TableView view)
    {
        var label = view.Table.Roles.Label;
        if (view.Table.RowCount < FewestRows)
        {
            yield break;
        }

        var numbers = view.Table.Task == LearningTask.Regression;
        foreach (var column in view.Features.Where(c => c.Relation is not null).OrderByDescending(c => c.Relation!.Alone))
        {
            var relation = column.Relation!;
            var leave = $"data.ignore: {Listed([column.Name])}";
            if (relation.Copy)
            {
                yield return new Finding("label-copy", FindingSeverity.Error, [column.Name], $"'{column.Name}' is '{label}' under another name: in each of the {Whole(view.Table.RowCount)} rows it tells the label without fail.", $"Leave it out: {leave}.");
            }
            else if (relation.Alone >= (numbers ? NumbersHint : ClassesHint))
            {
                yield return new Finding(
                    "label-giveaway", relation.Alone >= (numbers ? NumbersWarn : ClassesWarn) ? FindingSeverity.Warning : FindingSeverity.Hint, [column.Name],
                    $"'{column.Name}' alone gives '{label}' nearly away: " + (numbers ? $"it explains {Percent(relation.Alone)} of the variance." : $"it avoids {Percent(relation.Alone)} of the wrong answers of \"always the most frequent class\"."),
                    $"If it is known only after the label is (a result of it, or what it was computed from), leave it out: {leave}.");
            }
        }
    }
}
