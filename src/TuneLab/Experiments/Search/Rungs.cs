namespace TuneLab.Experiments.Search;

/// <summary>A step of successive halving: how many trials on which rows.</summary>
/// <param name="Rows">The fraction of rows.</param>
/// <param name="Trials">How many; null: as many as time lets.</param>
internal readonly record struct Rung(double Rows, int? Trials);

/// <summary>
/// The rungs of a stage that halves (Jamieson and Talwalkar 2016): each has <c>halving</c> times the rows of the one before and the best part of its trials. The passes are Hyperband's brackets (Li et al. 2018, algorithm 1):
/// each begins one rung higher than the one before, with as many trials as cost about the same; after the last one they begin again.
/// </summary>
internal static class Rungs
{
    /// <summary>The rungs of a pass.</summary>
    /// <param name="stage">A stage with <see cref="StagePlan.Halving"/>.</param>
    /// <param name="pass">From 1.</param>
    public static IReadOnlyList<Rung> Of(StagePlan stage, int pass)
    {
        var factor = stage.Halving!.Value;
        var rows = new List<double>();
        // a rung of nearly all rows would say what all rows say
        for (var share = stage.Rows; share * Math.Sqrt(factor) < 1; share *= factor)
        {
            rows.Add(rows.Count == 0 ? share : Math.Round(share, 6));
        }

        rows.Add(1);
        var begin = (pass - 1) % rows.Count;
        var (all, own) = (rows.Count, rows.Count - begin);
        var first = stage.Trials is { } trials ? (int)Math.Ceiling(trials * Math.Pow(factor, own - all) * all / own) : (int?)null;
        return [.. rows.Skip(begin).Select((share, i) => new Rung(share, first is { } n ? Math.Max(1, (int)Math.Ceiling(n / Math.Pow(factor, i))) : null))];
    }

    /// <summary>How many trials a stage plans over all passes, without the two more of each further rung that show how well the one before ranks; null: time limits them.</summary>
    public static int? Planned(StagePlan stage)
        => stage.Trials is not { } trials ? null : stage.Halving is null ? trials * stage.Passes : Enumerable.Range(1, stage.Passes).Sum(pass => Of(stage, pass).Sum(r => r.Trials!.Value));
}
