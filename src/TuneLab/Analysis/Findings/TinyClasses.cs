using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>Classes with few rows to learn from: <c>tiny-class</c>. An error where a stratified split needs more of them than there are.</summary>
internal sealed class TinyClasses : TableCheck
{
    private const int FewForAScore = 10;
    private const int FewForAHint = 20;

    public override IEnumerable<Finding> Look(TableView view)
    {
        var (table, split) = (view.Table, view.Split);
        if (table.Task == LearningTask.Regression)
        {
            yield break;
        }

        var rows = new int[table.Classes.Count];
        foreach (var row in split.Training)
        {
            rows[(int)table.Target[row]]++;
        }

        int[] lacking = [.. Below(rows, 0, split.Kind == "given" ? 1 : split.Folds)];
        int[] few = [.. Below(rows, 0, FewForAScore).Except(lacking)];
        int[] scarce = [.. Below(rows, FewForAScore, FewForAHint).Except(lacking)];
        if (lacking.Length > 0)
        {
            var stratified = split.Kind == "stratified";
            var most = lacking.Min(c => rows[c]);
            yield return new Finding(
                "tiny-class", stratified ? FindingSeverity.Error : FindingSeverity.Warning, [],
                $"{Told(table, rows, lacking)} to train on, fewer than the {split.Folds} folds{(stratified ? ", each of which needs one" : ": some fold will have none")}.",
                (most >= 2 ? $"Ask for at most {most} folds (validate.folds), bring" : "Bring") + $" more such rows, leave them out{(stratified ? ", or set validate.kind: kfold" : "")}.");
        }

        if (few.Length > 0)
        {
            yield return new Finding("tiny-class", FindingSeverity.Warning, [], $"{Told(table, rows, few)} to train on: how well {(few.Length == 1 ? "it is" : "they are")} told apart is chance.", "Bring more such rows, or make one class of the rare ones.");
        }

        if (scarce.Length > 0)
        {
            yield return new Finding("tiny-class", FindingSeverity.Hint, [], $"{Told(table, rows, scarce)} to train on: scores that depend on {(scarce.Length == 1 ? "it" : "them")} vary much from fold to fold.", "Bring more such rows, or repeat the folds (validate.repeats).");
        }
    }

    private static IEnumerable<int> Below(int[] rows, int least, int limit) => Enumerable.Range(0, rows.Length).Where(c => rows[c] >= least && rows[c] < limit).OrderBy(c => rows[c]);

    private static string Told(TaskTable table, int[] rows, int[] classes)
    {
        var shown = string.Join(", ", classes.Take(5).Select(c => $"'{table.Classes[c]}' {Whole(rows[c])}"));
        return $"Of '{table.Roles.Label}', {(classes.Length == 1 ? "a class has" : Whole(classes.Length) + " classes have")} few rows ({shown}{(classes.Length > 5 ? ", ..." : "")})";
    }
}
