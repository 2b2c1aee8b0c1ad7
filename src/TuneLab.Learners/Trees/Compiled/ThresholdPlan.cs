namespace TuneLab.Learners.Trees.Compiled;

/// <summary>The thresholds of one feature in all trees, and which plane and number each of them gets.</summary>
internal sealed class ThresholdPlan
{
    private readonly HashSet<float> _added = []; // many nodes, few thresholds: edges of bins
    private float[] _thresholds = [];
    private bool _low;
    private bool _high;
    private int _firstPlane;

    /// <summary>Takes a node's test in.</summary>
    public void Add(float threshold, bool missingLeft)
    {
        _added.Add(threshold);
        _low |= missingLeft;
        _high |= !missingLeft;
    }

    /// <summary>Makes the coders, as many as it takes for each threshold to have a byte.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="plane">The first free plane.</param>
    /// <param name="coders">They are added here.</param>
    /// <returns>The next free plane.</returns>
    public int Complete(int feature, int plane, List<PlaneCoder> coders)
    {
        _thresholds = [.. _added];
        Array.Sort(_thresholds);
        _firstPlane = plane;
        for (var start = 0; start < _thresholds.Length; start += NumberPlanes.Most)
        {
            var part = _thresholds.AsSpan(start, Math.Min(NumberPlanes.Most, _thresholds.Length - start));
            coders.Add(new NumberPlanes(feature, part, _low ? plane++ : -1, _high ? plane++ : -1));
        }

        return plane;
    }

    /// <summary>The plane and the number of a test that was taken in.</summary>
    public (int Plane, int Test) Test(float threshold, bool missingLeft)
    {
        var at = Array.BinarySearch(_thresholds, threshold);
        var part = at / NumberPlanes.Most;
        return (_firstPlane + part * (_low && _high ? 2 : 1) + (_low && !missingLeft ? 1 : 0), at % NumberPlanes.Most);
    }
}
