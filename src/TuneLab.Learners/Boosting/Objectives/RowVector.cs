using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>Four rows' numbers at once. The last rows of an array are worked on in a full vector too, so that what becomes of a row doesn't depend on its place.</summary>
internal static class RowVector
{
    /// <summary>Some numbers; 0 beyond <paramref name="count"/>.</summary>
    public static Vector256<double> Load(ReadOnlySpan<double> values, int at, int count)
    {
        if (count == Vector256<double>.Count)
        {
            return Vector256.Create(values[at..]);
        }

        Span<double> padded = stackalloc double[Vector256<double>.Count];
        padded.Clear();
        values.Slice(at, count).CopyTo(padded);
        return Vector256.Create<double>(padded);
    }

    /// <summary>Puts the first <paramref name="count"/> numbers into their place.</summary>
    public static void Store(Vector256<double> vector, Span<double> values, int at, int count)
    {
        if (count == Vector256<double>.Count)
        {
            vector.CopyTo(values[at..]);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            values[at + i] = vector[i];
        }
    }
}
