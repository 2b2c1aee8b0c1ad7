using TuneLab.Experiments.Nested;
using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>What the searches of outer folds (<c>nested</c>) still take, from those that are through, else from the search on all rows.</summary>
/// <param name="All">How many there are.</param>
/// <param name="Through">The seconds of each that has ended.</param>
/// <param name="Begun">Seconds that others have had.</param>
/// <param name="Rows">The rows of one, as a part of those of the search on all.</param>
internal sealed record OuterFoldsLeft(int All, IReadOnlyList<double> Through, double Begun, double Rows)
{
    // the spread where the forecast of the search itself knows of less: a fold's search goes its own way
    private const double LeastSpread = 1.3;

    /// <summary>Those of a plan; null where it asks for none.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="store">Where they are. <value>Null: none has begun.</value></param>
    /// <param name="record">The experiment. <value>Null: it has not begun.</value></param>
    public static OuterFoldsLeft? Of(ExperimentPlan plan, ITrialStore? store = null, ExperimentRecord? record = null)
    {
        if (plan.Validate is not { Nested: { } folds, Outer: null })
        {
            return null;
        }

        var experiments = record is null ? [] : store?.Experiments() ?? [];
        var own = Enumerable.Range(1, folds)
            .Select(outer => experiments.Where(e => e.Name == NestedSearch.Name(plan, outer) && e.Fingerprint == record!.Fingerprint && e.Created >= record.Created).MaxBy(e => e.Created))
            .OfType<ExperimentRecord>().ToList();
        var through = own.Where(e => e.State is ExperimentState.Finished or ExperimentState.Failed).ToList();
        return new OuterFoldsLeft(folds, [.. through.Select(e => e.ActiveSeconds)], own.Except(through).Sum(e => e.ActiveSeconds), (1 - (1.0 / folds)) / (1 - plan.Validate.Holdout));
    }

    /// <summary>Wall seconds.</summary>
    /// <param name="search">What the search on all rows takes in all.</param>
    /// <param name="rest">What is left of it, with its interval.</param>
    public SecondsLeft Seconds(double search, SecondsLeft rest)
    {
        var each = Through.Count > 0 ? Through.Average() : search * Rows;
        var left = Math.Max(0, (each * (All - Through.Count)) - Begun);
        var spread = rest.Low > 0 ? Math.Max(LeastSpread, Math.Sqrt(rest.High / rest.Low)) : LeastSpread;
        return new SecondsLeft(left, left / spread, left * spread);
    }
}
