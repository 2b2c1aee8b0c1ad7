using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>
/// Codes a number by how many of the trees' thresholds lie below it, so that <c>value &lt;= thresholds[i]</c> is <c>code &lt;= i</c> for every value.
/// A missing value is below all thresholds in one plane and above all in the other: a node takes the plane that sends it its way.
/// </summary>
internal sealed class NumberPlanes : PlaneCoder
{
    /// <summary>The most thresholds of one coder: codes are bytes, and the test of 255 is true of all of them.</summary>
    public const int Most = 255;

    private const int Fan = 16;

    private readonly int _feature;
    private readonly int _lowPlane;
    private readonly int _highPlane;
    private readonly float[] _fine;   // ascending, filled up with infinity to whole blocks of 16
    private readonly float[]? _coarse; // the last one of each block; null when there is one block

    /// <param name="feature">The feature.</param>
    /// <param name="thresholds">Ascending, distinct, 1 to <see cref="Most"/>.</param>
    /// <param name="lowPlane">The plane in which missing values go left; -1: no node asks for it.</param>
    /// <param name="highPlane">The plane in which missing values go right; -1: no node asks for it.</param>
    public NumberPlanes(int feature, ReadOnlySpan<float> thresholds, int lowPlane, int highPlane)
    {
        (_feature, _lowPlane, _highPlane) = (feature, lowPlane, highPlane);
        _fine = new float[(thresholds.Length + Fan - 1) / Fan * Fan];
        Array.Fill(_fine, float.PositiveInfinity);
        thresholds.CopyTo(_fine);
        if (_fine.Length > Fan)
        {
            _coarse = new float[Fan];
            Array.Fill(_coarse, float.PositiveInfinity);
            for (var block = 0; (block + 1) * Fan <= thresholds.Length; block++)
            {
                _coarse[block] = thresholds[(block + 1) * Fan - 1];
            }

            // a value above every threshold must find a block
            if (thresholds.Length % Fan == 0)
            {
                _coarse[thresholds.Length / Fan - 1] = float.PositiveInfinity;
            }
        }
    }

    /// <inheritdoc/>
    public override void Code(FeatureTable table, int start, int count, Span<byte> planes, int stride)
    {
        var values = ((NumericFeature)table.Columns[_feature]).Values.AsSpan(start, count);
        // a missing value is above no threshold: its code is 0 without being asked for
        var low = planes.Slice((_lowPlane < 0 ? _highPlane : _lowPlane) * stride, count);
        ref var fine = ref MemoryMarshal.GetArrayDataReference(_fine);
        if (_coarse is null)
        {
            for (var i = 0; i < values.Length; i++)
            {
                low[i] = (byte)CountBelow(ref fine, values[i]);
            }
        }
        else
        {
            ref var coarse = ref MemoryMarshal.GetArrayDataReference(_coarse);
            for (var i = 0; i < values.Length; i++)
            {
                var block = CountBelow(ref coarse, values[i]) * Fan;
                low[i] = (byte)(block + CountBelow(ref Unsafe.Add(ref fine, block), values[i]));
            }
        }

        if (_highPlane >= 0)
        {
            var high = planes.Slice(_highPlane * stride, count);
            for (var i = 0; i < values.Length; i++)
            {
                high[i] = float.IsNaN(values[i]) ? byte.MaxValue : low[i];
            }
        }
    }

    /// <summary>How many of 16 ascending numbers are below a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountBelow(ref float sixteen, float value)
    {
        var wanted = Vector256.Create(value);
        var below = Vector256.LessThan(Vector256.LoadUnsafe(ref sixteen), wanted).ExtractMostSignificantBits()
            | Vector256.LessThan(Vector256.LoadUnsafe(ref sixteen, 8), wanted).ExtractMostSignificantBits() << 8;
        return BitOperations.PopCount(below);
    }
}
