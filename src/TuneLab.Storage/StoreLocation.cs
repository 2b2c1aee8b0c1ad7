namespace TuneLab.Storage;

/// <summary>Which rule chose a store.</summary>
public enum StoreRule
{
    /// <summary>The option <c>--store</c>.</summary>
    Option,

    /// <summary>The environment variable <c>TUNELAB_STORE</c>.</summary>
    Environment,

    /// <summary>The nearest <c>.tunelab/tunelab.db</c> at or above the experiment file's folder.</summary>
    Project,

    /// <summary>The person's own store.</summary>
    User,
}

/// <summary>Where the store is, and why there.</summary>
/// <param name="Path">The file, absolute; it may not exist yet.</param>
/// <param name="Rule">The rule that chose it.</param>
/// <param name="Reason">The rule in words, for <c>status</c>.</param>
public sealed record StoreLocation(string Path, StoreRule Rule, string Reason);
