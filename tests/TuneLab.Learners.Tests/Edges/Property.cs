using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>Properties over drawn cases, the same ones in every run.</summary>
internal static class Property
{
    /// <summary>Checks each of some cases; the one that fails is printed.</summary>
    /// <param name="cases">Draws a case; its text must say all about it.</param>
    /// <param name="count">How many.</param>
    /// <param name="check">Throws when the property does not hold.</param>
    public static void Holds<T>(Gen<T> cases, int count, Action<T> check)
    {
        var replay = new Replay(new Rnd(20, 21), FSharpOption<int>.None);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(replay)), Prop.ForAll(cases.ToArbitrary(), check));
    }
}
