namespace TuneLab.Pruners;

/// <summary>Pruners by the name that a stage gives them. A new one is one line here.</summary>
public static class PrunerCatalog
{
    /// <summary>The name under which a stage has none.</summary>
    public const string None = "none";

    private static readonly IPruner[] _pruners = [new PairedPruner(), new MedianPruner()];

    /// <summary>All names, in the order to list them; the last is <see cref="None"/>.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. _pruners.Select(p => p.Id), None];

    /// <summary>The pruner; null when there is none of that name.</summary>
    public static IPruner? Find(string id) => Array.Find(_pruners, p => p.Id == id);
}
