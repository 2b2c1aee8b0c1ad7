namespace TuneLab.Learners.Tests.Boosting;

/// <summary>A regression tree grown leaf by leaf by trying every partition of every leaf: slow and plainly right.</summary>
internal static class ExactTree
{
    /// <summary>The mean label of each row's leaf.</summary>
    public static double[] Fit(float[][] columns, double[] target, int leaves, int minRows)
    {
        var parts = new List<int[]> { Enumerable.Range(0, target.Length).ToArray() };
        while (parts.Count < leaves)
        {
            var best = (Gain: 1e-9, Part: -1, Left: Array.Empty<int>());
            for (var p = 0; p < parts.Count; p++)
            {
                foreach (var left in Candidates(columns, parts[p]))
                {
                    if (left.Length >= minRows && parts[p].Length - left.Length >= minRows)
                    {
                        var gain = Error(target, parts[p]) - Error(target, left) - Error(target, parts[p].Except(left).ToArray());
                        best = gain > best.Gain ? (gain, p, left) : best;
                    }
                }
            }

            if (best.Part < 0)
            {
                break;
            }

            parts.Add(parts[best.Part].Except(best.Left).ToArray());
            parts[best.Part] = best.Left;
        }

        var predicted = new double[target.Length];
        foreach (var part in parts)
        {
            foreach (var row in part)
            {
                predicted[row] = part.Average(r => target[r]);
            }
        }

        return predicted;
    }

    private static IEnumerable<int[]> Candidates(float[][] columns, int[] rows)
    {
        foreach (var column in columns)
        {
            foreach (var threshold in rows.Select(r => column[r]).Where(v => !float.IsNaN(v)).Distinct())
            {
                yield return rows.Where(r => column[r] <= threshold).ToArray();
                yield return rows.Where(r => column[r] <= threshold || float.IsNaN(column[r])).ToArray();
            }
        }
    }

    private static double Error(double[] target, int[] rows)
    {
        var mean = rows.Average(r => target[r]);
        return rows.Sum(r => (target[r] - mean) * (target[r] - mean));
    }
}
