using TuneLab.Randomness;

namespace TuneLab.Samplers;

/// <summary>
/// The Sobol sequence (direction numbers of Joe and Kuo 2008), Owen-scrambled: any 2^m proposals that begin at a multiple of 2^m fill every coordinate evenly, and most pairs of coordinates too.
/// The scramble is nested and uniform (Owen 1995, Randomly permuted (t,m,s)-nets): each binary digit is flipped by a hash of the seed, the dimension and the digits before it, the idea of
/// Burley 2020, Practical hash-based Owen scrambling, here digit by digit and exact because a proposal may cost a microsecond. Digits past the 32nd come from the hash.
/// Beyond 64 dimensions the table is used again with another order of the points in aligned blocks (Burley's shuffled padding). Best for a number of proposals that is a power of two. Never ends.
/// </summary>
public sealed class SobolSampler : ISampler
{
    private const int Bits = 32;

    /// <inheritdoc/>
    public string Id => "sobol";

    /// <inheritdoc/>
    public int Lag => int.MaxValue;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request) => Point(request, request.Seed.Child("sobol"));

    /// <summary>The point of a request's index, in its box.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="seed">Of the scramble.</param>
    internal static double[] Point(SamplerRequest request, Seed seed)
    {
        var relative = new double[request.Space.Dimensions];
        for (var i = 0; i < relative.Length; i++)
        {
            relative[i] = Coordinate(seed, (uint)request.Index, i);
        }

        return request.Box.Place(relative);
    }

    /// <summary>One coordinate of a scrambled point.</summary>
    /// <param name="seed">Of the scramble.</param>
    /// <param name="index">The point, from 0.</param>
    /// <param name="dimension">The coordinate, from 0.</param>
    /// <returns>In [0, 1).</returns>
    internal static double Coordinate(Seed seed, uint index, int dimension)
    {
        var (group, column) = Math.DivRem(dimension, SobolDirections.Dimensions);
        if (group > 0)
        {
            // the same scramble applied to the index maps every aligned block of 2^m points onto another one, in another order
            index = Scramble(seed.Child("order").Child(group), index);
        }

        var own = seed.Child(dimension);
        var digits = Scramble(own, Digits(index, column));
        var rest = Seed.Mix(own.Child("rest").Value ^ digits) >> 43;
        return (((ulong)digits << 21) | rest) * (1.0 / (1UL << 53));
    }

    /// <summary>The unscrambled coordinate as a binary fraction, its first digit in the highest bit.</summary>
    internal static uint Digits(uint index, int column)
    {
        var directions = SobolDirections.Of(column);
        var digits = 0u;
        for (var k = 0; index != 0; k++, index >>= 1)
        {
            if ((index & 1) == 1)
            {
                digits ^= directions[k];
            }
        }

        return digits;
    }

    private static uint Scramble(Seed seed, uint digits)
    {
        var result = digits;
        for (var k = 0; k < Bits; k++)
        {
            // the digits before this one behind a leading 1, so that prefixes of different length differ
            var prefix = (1UL << k) | ((ulong)digits >> (Bits - k));
            result ^= (uint)(seed.Child((long)prefix).Value >> 63) << (Bits - 1 - k);
        }

        return result;
    }
}
