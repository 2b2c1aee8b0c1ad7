using TuneLab.Errors;

namespace TuneLab.Data.Splitting;

/// <summary>Makes folds from the part that each row is in.</summary>
internal static class Partition
{
    /// <summary>One fold per part: it is scored on, the others are fitted on.</summary>
    /// <param name="rows">Ascending.</param>
    /// <param name="part">[rows]: from 0 to <paramref name="folds"/> - 1.</param>
    /// <param name="folds">How many parts.</param>
    /// <param name="repeat">The repetition.</param>
    public static Fold[] Folds(int[] rows, int[] part, int folds, int repeat)
    {
        var sizes = new int[folds];
        foreach (var p in part)
        {
            sizes[p]++;
        }

        var result = new Fold[folds];
        for (var f = 0; f < folds; f++)
        {
            var (train, valid) = (new int[rows.Length - sizes[f]], new int[sizes[f]]);
            var (nextTrain, nextValid) = (0, 0);
            for (var i = 0; i < rows.Length; i++)
            {
                if (part[i] == f)
                {
                    valid[nextValid++] = rows[i];
                }
                else
                {
                    train[nextTrain++] = rows[i];
                }
            }

            result[f] = new Fold(repeat, f, train, valid);
        }

        return result;
    }

    /// <exception cref="InputException">Fewer than two folds, or fewer rows than folds.</exception>
    public static void Require(int[] rows, int folds)
    {
        if (folds < 2)
        {
            throw new InputException($"validate.folds is {folds}; at least 2 are needed.", "5 is the usual number.");
        }

        if (rows.Length < folds)
        {
            throw new InputException($"There are {rows.Length} rows to train on, fewer than the {folds} folds.", rows.Length < 2 ? "Bring more rows, or set a smaller part aside (validate.holdout)." : $"Ask for at most {rows.Length} folds (validate.folds).");
        }
    }
}
