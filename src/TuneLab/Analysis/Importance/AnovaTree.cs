namespace TuneLab.Analysis.Importance;

/// <summary>A node of a regression tree.</summary>
/// <param name="Axis">What it asks for; -1 for a leaf.</param>
/// <param name="Threshold">A number goes left when its coordinate is below.</param>
/// <param name="LeftChoices">[choices] that go left; null for a number.</param>
/// <param name="Left">The node below on the left.</param>
/// <param name="Right">On the right.</param>
/// <param name="Value">A leaf's prediction.</param>
internal sealed record AnovaNode(int Axis, double Threshold, bool[]? LeftChoices, int Left, int Right, double Value)
{
    public static AnovaNode Leaf(double value) => new(-1, 0, null, -1, -1, value);

    public bool GoesLeft(double coordinate) => LeftChoices is null ? coordinate < Threshold : LeftChoices[(int)coordinate];
}

/// <summary>A regression tree over the unit cube. It asks for a conditional hyperparameter only where that is active.</summary>
/// <param name="Nodes">The root is the last one; children stand before their parents.</param>
internal sealed record AnovaTree(IReadOnlyList<AnovaNode> Nodes)
{
    public AnovaNode Root => Nodes[^1];

    /// <summary>The prediction at a point.</summary>
    /// <param name="coordinate">The coordinate by axis: the index of a choice, else in [0, 1].</param>
    public double Predict(Func<int, double> coordinate)
    {
        var node = Root;
        while (node.Axis >= 0)
        {
            node = Nodes[node.GoesLeft(coordinate(node.Axis)) ? node.Left : node.Right];
        }

        return node.Value;
    }
}
