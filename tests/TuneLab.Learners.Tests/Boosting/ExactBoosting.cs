namespace TuneLab.Learners.Tests.Boosting;

/// <summary>What a table is to <see cref="ExactBoosting"/>.</summary>
/// <param name="Numbers">[columns][rows].</param>
/// <param name="Codes">[columns][rows]; -1: missing.</param>
/// <param name="Target">[rows]: numbers, or 0 and 1 for the log-loss.</param>
/// <param name="Weights">[rows].</param>
/// <param name="Logistic">Whether the loss is the log-loss of a binary label, else half the squared error.</param>
internal sealed record ExactTable(float[][] Numbers, int[][] Codes, double[] Target, double[] Weights, bool Logistic);

/// <summary>The hyperparameters of the same names.</summary>
internal sealed record ExactRules
{
    public int Rounds { get; init; } = 1;

    public double LearningRate { get; init; } = 1;

    public int Leaves { get; init; } = 31;

    public int MaxDepth { get; init; }

    public double MinChildSamples { get; init; } = 1;

    public double MinChildWeight { get; init; }

    public double L1 { get; init; }

    public double L2 { get; init; }

    public double MinSplitGain { get; init; }

    public double CatSmooth { get; init; } = 10;

    public double CatL2 { get; init; } = 10;

    public int MaxCatGroups { get; init; } = 32;
}

/// <summary>Boosting whose trees are grown by trying every partition of every leaf that the rules allow, in plain doubles and without bins: slow and plainly right.</summary>
internal sealed class ExactBoosting(ExactTable table, ExactRules rules)
{
    private readonly double[] _gradients = new double[table.Target.Length];
    private readonly double[] _hessians = new double[table.Target.Length];

    /// <summary>The raw score of each row after the last round.</summary>
    public double[] Scores()
    {
        var mean = table.Target.Zip(table.Weights, (t, w) => t * w).Sum() / table.Weights.Sum();
        var scores = new double[table.Target.Length];
        Array.Fill(scores, table.Logistic ? Math.Log(mean / (1 - mean)) : mean);
        for (var round = 0; round < rules.Rounds; round++)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                var p = 1 / (1 + Math.Exp(-scores[i]));
                _gradients[i] = table.Weights[i] * (table.Logistic ? p - table.Target[i] : scores[i] - table.Target[i]);
                _hessians[i] = table.Weights[i] * (table.Logistic ? p * (1 - p) : 1);
            }

            foreach (var (leaf, extraL2) in Tree())
            {
                foreach (var row in leaf)
                {
                    scores[row] -= rules.LearningRate * Shrunk(leaf) / (leaf.Sum(r => _hessians[r]) + rules.L2 + extraL2);
                }
            }
        }

        return scores;
    }

    /// <summary>The rows of each leaf of one tree, and what the split above it adds to l2; none when nothing was split.</summary>
    private List<(int[] Rows, double ExtraL2)> Tree()
    {
        var leaves = new List<(int[] Rows, int Depth, double ExtraL2, double Gain, int[] Left, double PartsL2)>();
        void Add(int[] rows, int depth, double extraL2)
        {
            var (gain, left, partsL2) = rules.MaxDepth > 0 && depth >= rules.MaxDepth ? (0, [], 0) : Best(rows);
            leaves.Add((rows, depth, extraL2, gain, left, partsL2));
        }

        Add([.. Enumerable.Range(0, table.Target.Length)], 0, 0);
        while (leaves.Count < rules.Leaves && leaves.MaxBy(l => l.Gain) is { Gain: > 0 } widest)
        {
            leaves.Remove(widest);
            Add(widest.Left, widest.Depth + 1, widest.PartsL2);
            Add([.. widest.Rows.Except(widest.Left)], widest.Depth + 1, widest.PartsL2);
        }

        return leaves.Count == 1 ? [] : [.. leaves.Select(l => (l.Rows, l.ExtraL2))];
    }

    private (double Gain, int[] Left, double PartsL2) Best(int[] rows)
    {
        (double Gain, int[] Left, double PartsL2) best = (0, [], 0);
        foreach (var (left, extraL2) in table.Numbers.SelectMany(c => ByNumber(c, rows)).Concat(table.Codes.SelectMany(c => ByCategory(c, rows))))
        {
            int[] right = [.. rows.Except(left)];
            var gain = Score(left, extraL2) + Score(right, extraL2) - Score(rows, 0);
            if (Allowed(left) && Allowed(right) && gain > Math.Max(rules.MinSplitGain, 1e-12) && gain > best.Gain)
            {
                best = (gain, left, extraL2);
            }
        }

        return best;
    }

    private static IEnumerable<(int[] Left, double ExtraL2)> ByNumber(float[] column, int[] rows)
    {
        foreach (var threshold in rows.Select(r => column[r]).Where(v => !float.IsNaN(v)).Distinct())
        {
            yield return ([.. rows.Where(r => column[r] <= threshold)], 0);
            yield return ([.. rows.Where(r => column[r] <= threshold || float.IsNaN(column[r]))], 0);
        }
    }

    /// <summary>Up to four categories (missing is one) each against the rest; more in the order of gradient over smoothed hessian, so many from either end, with the extra penalty.</summary>
    private IEnumerable<(int[] Left, double ExtraL2)> ByCategory(int[] column, int[] rows)
    {
        var groups = rows.GroupBy(r => column[r]).Select(g => g.ToArray()).ToArray();
        if (groups.Length <= 4)
        {
            foreach (var group in groups)
            {
                yield return (group, 0);
            }

            yield break;
        }

        var ordered = groups.Where(g => Count(g) >= rules.CatSmooth).OrderBy(g => g.Sum(r => _gradients[r]) / (g.Sum(r => _hessians[r]) + rules.CatSmooth)).ToArray();
        for (var count = 1; count <= Math.Min(rules.MaxCatGroups, (ordered.Length + 1) / 2); count++)
        {
            yield return ([.. ordered.Take(count).SelectMany(g => g)], rules.CatL2);
            yield return ([.. ordered.TakeLast(count).SelectMany(g => g)], rules.CatL2);
        }
    }

    private bool Allowed(int[] rows) => rows.Length > 0 && Count(rows) >= rules.MinChildSamples && rows.Sum(r => _hessians[r]) >= rules.MinChildWeight;

    /// <summary>Whole weights stand for so many rows; with others each row counts once.</summary>
    private double Count(int[] rows) => table.Weights.All(w => w == Math.Floor(w)) ? rows.Sum(r => table.Weights[r]) : rows.Length;

    private double Score(int[] rows, double extraL2) => Math.Pow(Shrunk(rows), 2) / (rows.Sum(r => _hessians[r]) + rules.L2 + extraL2);

    private double Shrunk(int[] rows)
    {
        var sum = rows.Sum(r => _gradients[r]);
        return Math.Sign(sum) * Math.Max(Math.Abs(sum) - rules.L1, 0);
    }
}
