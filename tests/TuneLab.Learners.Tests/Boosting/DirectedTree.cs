namespace TuneLab.Learners.Tests.Boosting;

/// <summary>A regression tree with monotone directions grown leaf by leaf by trying every partition of every leaf: slow and plainly right.</summary>
internal static class DirectedTree
{
    /// <summary>The mean label of each row's leaf, as near as the directions allow.</summary>
    /// <param name="columns">[features][rows].</param>
    /// <param name="target">[rows].</param>
    /// <param name="leaves">The most leaves.</param>
    /// <param name="minRows">The fewest rows of a leaf.</param>
    /// <param name="directions">[features] of 1, -1 or 0; null: all 0.</param>
    public static double[] Fit(float[][] columns, double[] target, int leaves, int minRows, int[]? directions = null)
    {
        var parts = new List<Part> { new([.. Enumerable.Range(0, target.Length)], double.NegativeInfinity, double.PositiveInfinity) };
        while (parts.Count < leaves)
        {
            (double Gain, int Part, Part Left, Part Right) best = (1e-9, -1, parts[0], parts[0]);
            for (var p = 0; p < parts.Count; p++)
            {
                var whole = parts[p];
                foreach (var (feature, rows) in Candidates(columns, whole.Rows))
                {
                    var (left, right) = (whole with { Rows = rows }, whole with { Rows = [.. whole.Rows.Except(rows)] });
                    if (left.Rows.Length < minRows || right.Rows.Length < minRows)
                    {
                        continue;
                    }

                    var direction = directions?[feature] ?? 0;
                    var (low, high) = (left.Value(target), right.Value(target));
                    var gain = whole.Error(target) - left.Error(target) - right.Error(target);
                    if (gain > best.Gain && direction * (high - low) >= 0)
                    {
                        var middle = (low + high) / 2;
                        best = direction == 0 ? (gain, p, left, right)
                            : direction > 0 ? (gain, p, left with { High = middle }, right with { Low = middle })
                            : (gain, p, left with { Low = middle }, right with { High = middle });
                    }
                }
            }

            if (best.Part < 0)
            {
                break;
            }

            parts[best.Part] = best.Left;
            parts.Add(best.Right);
        }

        var predicted = new double[target.Length];
        foreach (var part in parts)
        {
            foreach (var row in part.Rows)
            {
                predicted[row] = part.Value(target);
            }
        }

        return predicted;
    }

    private static IEnumerable<(int Feature, int[] Left)> Candidates(float[][] columns, int[] rows)
    {
        for (var feature = 0; feature < columns.Length; feature++)
        {
            var column = columns[feature];
            foreach (var threshold in rows.Select(r => column[r]).Where(v => !float.IsNaN(v)).Distinct())
            {
                yield return (feature, rows.Where(r => column[r] <= threshold).ToArray());
                yield return (feature, rows.Where(r => column[r] <= threshold || float.IsNaN(column[r])).ToArray());
            }
        }
    }

    private sealed record Part(int[] Rows, double Low, double High)
    {
        public double Value(double[] target) => Math.Clamp(Rows.Average(r => target[r]), Low, High);

        public double Error(double[] target)
        {
            var value = Value(target);
            return Rows.Sum(r => (target[r] - value) * (target[r] - value));
        }
    }
}
