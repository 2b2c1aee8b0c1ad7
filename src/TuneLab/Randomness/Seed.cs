using System.Text;

namespace TuneLab.Randomness;

/// <summary>
/// A node of the seed tree. Every random decision names its path from the experiment's seed, so that it depends on
/// that path alone: not on the order of work, the number of jobs or the process.
/// </summary>
/// <param name="Value">The 64 bits from which a <see cref="SeededRandom"/> starts.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>The child seed of a named branch ("stage", "fold", ...).</summary>
    public Seed Child(string name)
    {
        var hash = 0xcbf29ce484222325UL; // FNV-1a, 64 bits
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 0x100000001b3UL;
        }

        return new Seed(Mix(Value ^ Mix(hash)));
    }

    /// <summary>The child seed of a numbered branch.</summary>
    public Seed Child(long number) => new(Mix(Value + 0x9e3779b97f4a7c15UL * (ulong)(number + 1)));

    /// <summary>A generator that starts from this seed.</summary>
    public SeededRandom Random() => new(Value);

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that spreads every bit.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }
}
