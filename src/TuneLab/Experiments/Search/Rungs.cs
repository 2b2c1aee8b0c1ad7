using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>A step of successive halving: how many trials, given how much.</summary>
/// <param name="Fidelity">What each is given.</param>
/// <param name="Trials">How many; null: as many as time lets.</param>
internal readonly record struct Rung(Fidelity Fidelity, int? Trials);

/// <summary>
/// The rungs of a stage that halves (Jamieson and Talwalkar 2016): each has <c>halving</c> times the rows, rounds or folds of the one before and the best part of its trials. The passes are Hyperband's
/// brackets (Li et al. 2018, algorithm 1): each begins one rung higher than the one before, with as many trials as cost about the same; after the last one they begin again.
/// </summary>
internal static class Rungs
{
    /// <summary>What a stage gives its trials; where it halves, those of its first rung.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="folds">How many folds there are.</param>
    public static Fidelity Start(StagePlan stage, int folds)
        => new(stage.Rows, stage.Rounds, (double)Math.Min(folds, stage.Folds ?? (stage is { Halving: not null, Over: FidelityKind.Folds } ? 1 : folds)) / folds);

    /// <summary>The rungs of a pass.</summary>
    /// <param name="stage">A stage with <see cref="StagePlan.Halving"/>.</param>
    /// <param name="pass">From 1.</param>
    /// <param name="folds">How many folds there are.</param>
    public static IReadOnlyList<Rung> Of(StagePlan stage, int pass, int folds)
    {
        var factor = stage.Halving!.Value;
        Fidelity[] all = [.. Fidelities(stage, folds)];
        var begin = (pass - 1) % all.Length;
        var own = all.Length - begin;
        var first = stage.Trials is { } trials ? (int)Math.Ceiling(trials * Math.Pow(factor, own - all.Length) * all.Length / own) : (int?)null;
        return [.. all.Skip(begin).Select((fidelity, i) => new Rung(fidelity, first is { } n ? Math.Max(1, (int)Math.Ceiling(n / Math.Pow(factor, i))) : null))];
    }

    /// <summary>How many trials a stage plans over all passes, without the two more of each further rung that show how well the one before ranks; null: time limits them.</summary>
    public static int? Planned(StagePlan stage, int folds)
        => stage.Trials is not { } trials ? null : stage.Halving is null ? trials * stage.Passes : Enumerable.Range(1, stage.Passes).Sum(pass => Of(stage, pass, folds).Sum(r => r.Trials!.Value));

    private static IEnumerable<Fidelity> Fidelities(StagePlan stage, int folds)
    {
        var (start, factor) = (Start(stage, folds), stage.Halving!.Value);
        if (stage.Over == FidelityKind.Folds)
        {
            // folds that are done are not done again, so every step up to all is worth taking
            for (var count = start.FoldsOf(folds); count < folds; count *= factor)
            {
                yield return start with { Folds = (double)count / folds };
            }

            yield return start with { Folds = 1 };
            yield break;
        }

        // a rung of nearly all would say what all say
        var (first, i) = (stage.Over == FidelityKind.Rows ? start.Rows : start.Rounds, 0);
        for (var share = first; share * Math.Sqrt(factor) < 1; share *= factor)
        {
            yield return With(i++ == 0 ? share : Math.Round(share, 6));
        }

        yield return With(1);

        Fidelity With(double share) => stage.Over == FidelityKind.Rows ? start with { Rows = share } : start with { Rounds = share };
    }
}
