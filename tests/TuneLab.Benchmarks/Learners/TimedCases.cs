using System.Globalization;
using TuneLab.Errors;

namespace TuneLab.Benchmarks.Learners;

/// <summary>What is compared in time, what matters most first: a run that is cut short has still seen every table.</summary>
internal static class TimedCases
{
    /// <exception cref="InputException">A kind of learner that there isn't.</exception>
    public static IEnumerable<IGrouping<string, TimedCase>> Of(LearnerArguments arguments, Rivals rivals)
    {
        IReadOnlyList<string> kinds = arguments.Comparisons.Count == 0 ? ["boosting"] : arguments.Comparisons;
        return kinds.SelectMany(kind => Of(kind, arguments, rivals).Select(c => (kind, c))).GroupBy(c => c.kind, c => c.c);
    }

    private static IEnumerable<TimedCase> Of(string kind, LearnerArguments arguments, Rivals rivals)
    {
        if (kind == "boosting")
        {
            var tables = BenchTables.Read(arguments.Tables);
            return arguments.Leaves.SelectMany(leaves => arguments.Rounds.Select(rounds => new TimedCase(
                string.Create(CultureInfo.InvariantCulture, $"{rounds} x {leaves}"),
                [Rivals.Boosting(rounds, leaves), Rivals.Boosting(rounds, leaves, name: "shared", shared: true), .. rivals.BoostingPeers(rounds, leaves)],
                tables)));
        }

        var imputed = BenchTables.Read(arguments.Tables, ":imputed", ColumnForms.Imputed);
        return kind switch
        {
            "forest" => [new TimedCase(kind, rivals.Forests(extra: false, shared: true), imputed)],
            "extra-trees" => [new TimedCase(kind, rivals.Forests(extra: true, shared: true), imputed)],
            "ridge" => [new TimedCase(kind, rivals.Linears(0, shared: true), imputed)],
            "elastic-net" => [new TimedCase(kind, rivals.Linears(0.5, shared: true), imputed)],
            _ => throw new InputException($"There are no times of '{kind}'.", Nearest.Hint(kind, ["boosting", "forest", "extra-trees", "ridge", "elastic-net"], "learners")),
        };
    }
}
