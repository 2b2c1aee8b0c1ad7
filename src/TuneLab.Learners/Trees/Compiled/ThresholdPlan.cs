using System.Runtime.InteropServices;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>The thresholds of one feature in all trees, and which plane and number each of them gets.</summary>
internal sealed class ThresholdPlan
{
    private readonly Dictionary<float, int> _numbers = []; // many nodes, few thresholds: edges of bins
    private int[] _ranks = [];
    private bool _low;
    private bool _high;
    private int _firstPlane;

    /// <summary>Takes a node's test in.</summary>
    /// <returns>The threshold's number, for <see cref="Test"/>.</returns>
    public int Add(float threshold, bool missingLeft)
    {
        _low |= missingLeft;
        _high |= !missingLeft;
        var next = _numbers.Count;
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, threshold, out var known);
        return known ? number : number = next;
    }

    /// <summary>Makes the coders, as many as it takes for each threshold to have a byte.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="plane">The first free plane.</param>
    /// <param name="coders">They are added here.</param>
    /// <returns>The next free plane.</returns>
    public int Complete(int feature, int plane, List<PlaneCoder> coders)
    {
        float[] thresholds = [.. _numbers.Keys];
        int[] numbers = [.. _numbers.Values];
        Array.Sort(thresholds, numbers);
        _ranks = new int[numbers.Length];
        for (var rank = 0; rank < numbers.Length; rank++)
        {
            _ranks[numbers[rank]] = rank;
        }

        _firstPlane = plane;
        for (var start = 0; start < thresholds.Length; start += NumberPlanes.Most)
        {
            var part = thresholds.AsSpan(start, Math.Min(NumberPlanes.Most, thresholds.Length - start));
            coders.Add(new NumberPlanes(feature, part, _low ? plane++ : -1, _high ? plane++ : -1));
        }

        return plane;
    }

    /// <summary>The plane and the number of a test that was taken in.</summary>
    /// <param name="number">What <see cref="Add"/> said.</param>
    /// <param name="missingLeft">As then.</param>
    public (int Plane, int Test) Test(int number, bool missingLeft)
    {
        var (part, test) = Math.DivRem(_ranks[number], NumberPlanes.Most);
        return (_firstPlane + part * (_low && _high ? 2 : 1) + (_low && !missingLeft ? 1 : 0), test);
    }
}
