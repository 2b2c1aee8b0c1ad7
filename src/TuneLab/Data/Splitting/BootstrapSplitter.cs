using TuneLab.Errors;
using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary>
/// <c>bootstrap</c>: each fold is fitted on as many rows as there are, drawn with replacement within each class (a row drawn twice occurs twice), and scored on the rows not
/// drawn, some 37 %. A draw that leaves no row to score on is drawn again.
/// </summary>
internal sealed class BootstrapSplitter : ISplitter
{
    public string Id => "bootstrap";

    public int Version => 1;

    public IReadOnlyList<Fold> Split(TaskTable table, int[] rows, int folds, int repeat, Seed seed)
    {
        Partition.Require(rows, Math.Min(folds, 2));
        var members = table.Task == LearningTask.Regression ? [[.. Enumerable.Range(0, rows.Length)]] : Strata.Of(table, rows, perBin: 1).Members();
        if (members.All(m => m.Count < 2))
        {
            throw new InputException($"A bootstrap can't be drawn from {rows.Length} rows of {rows.Length} classes: none would be left to score on.", "Bring more rows, or choose another validate.kind.");
        }

        var result = new Fold[folds];
        for (var f = 0; f < folds; f++)
        {
            result[f] = Draw(rows, members, repeat, f, seed.Child(Id).Child(repeat).Child(f).Random());
        }

        return result;
    }

    private static Fold Draw(int[] rows, List<int>[] members, int repeat, int index, SeededRandom random)
    {
        while (true)
        {
            var times = new int[rows.Length];
            foreach (var stratum in members)
            {
                for (var i = 0; i < stratum.Count; i++)
                {
                    times[stratum[random.NextInt(stratum.Count)]]++;
                }
            }

            var train = new int[rows.Length];
            var valid = new List<int>();
            var next = 0;
            for (var i = 0; i < rows.Length; i++)
            {
                if (times[i] == 0)
                {
                    valid.Add(rows[i]);
                }

                train.AsSpan(next, times[i]).Fill(rows[i]);
                next += times[i];
            }

            if (valid.Count > 0)
            {
                return new Fold(repeat, index, train, [.. valid]);
            }
        }
    }
}
