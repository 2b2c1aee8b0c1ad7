using TuneLab.Errors;

namespace TuneLab.Benchmarks.Learners;

/// <summary>What is compared in accuracy, what matters most first.</summary>
/// <param name="rivals">Makes both sides.</param>
/// <param name="tables">The tables asked for; empty: all.</param>
internal sealed class Comparisons(Rivals rivals, IReadOnlyList<string> tables)
{
    private static readonly string[] WithCategories = ["adult", "telco_churn"];

    /// <summary>The comparisons of these names; none given: all.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public IReadOnlyList<Comparison> Get(IReadOnlyList<string> names)
    {
        (string Name, Func<string, Comparison> Make)[] all =
        [
            ("boosting-31", n => Boosting(n, 31, 1)),
            ("boosting-31-light", n => Boosting(n, 31, Rivals.LightHessian)),
            ("categories", Categories),
            ("boosting-255", n => Boosting(n, 255, 1)),
            ("forest", n => Imputed(n, Rivals.Trees, rivals.Forests(extra: false, shared: false))),
            ("forest-bins", n => Imputed(n, Rivals.Trees, rivals.Forests(extra: false, shared: false, bins: 255))),
            ("extra-trees", n => Imputed(n, Rivals.Trees, rivals.Forests(extra: true, shared: false))),
            ("extra-trees-bins", n => Imputed(n, Rivals.Trees, rivals.Forests(extra: true, shared: false, bins: 255))),
            ("ridge", n => Imputed(n, 1, rivals.Linears(0, shared: false))),
            ("elastic-net", n => Imputed(n, 1, rivals.Linears(0.5, shared: false))),
        ];
        return names.FirstOrDefault(n => !Array.Exists(all, c => c.Name == n)) is { } wrong
            ? throw new InputException($"There is no comparison '{wrong}'.", Nearest.Hint(wrong, [.. all.Select(c => c.Name)], "comparisons"))
            : [.. all.Where(c => names.Count == 0 || names.Contains(c.Name)).Select(c => c.Make(c.Name))];
    }

    private Comparison Boosting(string name, int leaves, double minHessian)
    {
        var read = BenchTables.Read(tables);
        return new Comparison(name, [100, 500], [(Rivals.Boosting(500, leaves, minHessian), read), .. rivals.BoostingPeers(500, leaves, minHessian).Select(p => (p, read))]);
    }

    /// <summary>Our native categories against a column for each category, on our side and theirs.</summary>
    private Comparison Categories(string name)
    {
        string[] chosen = [.. WithCategories.Where(t => tables.Count == 0 || tables.Contains(t))];
        var native = chosen.Length == 0 ? [] : BenchTables.Read(chosen, ":native", ColumnForms.Native);
        var oneHot = chosen.Length == 0 ? [] : BenchTables.Read(chosen, ":one-hot", ColumnForms.OneHot);
        return new Comparison(name, [100, 500],
        [
            (Rivals.Boosting(500, 31), native), (Rivals.Boosting(500, 31, name: "ours, one-hot"), oneHot), .. rivals.BoostingPeers(500, 31).Select(p => (p, oneHot)),
        ]);
    }

    private Comparison Imputed(string name, int rounds, IReadOnlyList<ILearner> sides)
    {
        var read = BenchTables.Read(tables, ":imputed", ColumnForms.Imputed);
        return new Comparison(name, [rounds], [.. sides.Select(s => (s, read))]);
    }
}
