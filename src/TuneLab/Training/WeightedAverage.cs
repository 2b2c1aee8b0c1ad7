namespace TuneLab.Training;

/// <summary>How an ensemble predicts: the weighted average of its members' numbers, added up in their order, so that the same members give the same numbers wherever they are averaged.</summary>
internal static class WeightedAverage
{
    /// <summary>The average.</summary>
    /// <param name="members">[members] numbers, as many each, and the weight; together the weights are 1. At least one.</param>
    public static double[] Of(IReadOnlyList<(double[] Values, double Weight)> members)
    {
        var average = new double[members[0].Values.Length];
        foreach (var (values, weight) in members)
        {
            for (var i = 0; i < average.Length; i++)
            {
                average[i] += weight * values[i];
            }
        }

        return average;
    }
}
