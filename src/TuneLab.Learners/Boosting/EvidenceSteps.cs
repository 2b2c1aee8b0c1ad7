namespace TuneLab.Learners.Boosting;

/// <summary>
/// The values of a tree's leaves where <see cref="Objectives.Objective.StepsByEvidence"/>: from the root down, each node departs from its parent's value towards its own Newton step, and goes
/// the less far the less its rows tell the two apart.
/// <para>With H the node's sum of p (1 - p) and G its gradient at its parent's value v, penalties (l1 as in the Newton step) counted in: it goes to v - G / (f H + l2), where f = 1 + 31 / (1 + (s / t)^8), s = G^2 / (H dispersion) is Rao's
/// score statistic (1948) and t = -0.13 ln(share of the tree's rows): the smaller a node, the more nodes like it were there to be the best of by chance. So what is
/// within chance takes its parent's value, nearly, as in hierarchical shrinkage (Agarwal et al. 2022) and LightGBM's <c>path_smooth</c>, whose weights are of rows alone. Leaves step 1.15 as far.</para>
/// <para>A round's trees are grown side by side, each as if the other classes' scores stood still. Where they do, a Newton step of H is right (scikit-learn's); where one other class makes the
/// same step the other way it is twice too long (XGBoost halves all). No one factor does well after few rounds and after many: short steps are slow, and long ones fit noise. The numbers are
/// ours, chosen on real tables (the benchmarks' README says how).</para>
/// </summary>
/// <param name="rules">The penalties.</param>
/// <param name="pairs">The gradients; the hessians are K / (K - 1) p (1 - p).</param>
/// <param name="classes">K.</param>
/// <param name="dispersion">As <see cref="Training.TrainingData.Dispersion"/>.</param>
internal sealed class EvidenceSteps(SplitRules rules, GradientPairs pairs, int classes, double dispersion)
{
    private const double Chance = 0.13;
    private const double MostDoubt = 31;
    private const double Lengthening = 1.15;

    private readonly List<(NodeTotals Totals, double ExtraL2, int Parent)> _nodes = [];
    private readonly List<double> _values = [];

    /// <summary>f.</summary>
    /// <param name="score">s, at least 0.</param>
    /// <param name="share">Of the tree's rows, each counted as often as it weighs where all weights are whole; above 0, at most 1.</param>
    public static double Factor(double score, double share)
    {
        var chance = -Chance * Math.Log(share);
        if (chance <= 0)
        {
            return 1; // the root, the only one of its size
        }

        var beyond = score / chance;
        var fourth = beyond * beyond * (beyond * beyond);
        return 1 + (MostDoubt / (1 + (fourth * fourth)));
    }

    /// <summary>Begins a tree.</summary>
    public void Clear() => _nodes.Clear();

    /// <summary>Takes a leaf that is about to become a node: the tree's next.</summary>
    public void Add(GrowingLeaf leaf) => _nodes.Add((leaf.Totals, leaf.ExtraL2, leaf.Parent));

    /// <summary>Values the leaves of the tree, before the learning rate.</summary>
    /// <param name="leaves">All of them, at least two.</param>
    /// <param name="values">[leaves], overwritten.</param>
    public void Value(List<GrowingLeaf> leaves, Span<double> values)
    {
        _values.Clear();
        foreach (var node in _nodes)
        {
            _values.Add(Depart(node.Totals, node.ExtraL2, node.Parent < 0 ? 0 : _values[node.Parent]));
        }

        for (var i = 0; i < values.Length; i++)
        {
            var leaf = leaves[i];
            values[i] = Lengthening * Depart(leaf.Totals, leaf.ExtraL2, _values[leaf.Parent]);
        }
    }

    private double Depart(NodeTotals totals, double extraL2, double from)
    {
        var hessian = pairs.Hessian(totals.Second) * (classes - 1) / classes;
        if (hessian <= 0)
        {
            return from;
        }

        var penalty = rules.L2 + extraL2;
        var gradient = (rules.Value(pairs.Gradient(totals.First), hessian, extraL2) - from) * (hessian + penalty); // its negative, at the parent's value
        var share = (double)pairs.Units(totals.Second) / pairs.Units(_nodes[0].Totals.Second);
        return from + gradient / (Factor(gradient / hessian * (gradient / dispersion), share) * hessian + penalty);
    }
}
