using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary>
/// Draws folds. Called once per repeat, by the experiment, before any trial of that repeat.
/// <para><b>Contract.</b> The answer is a pure function of the arguments: row count, label, groups and times, never the features, so that
/// two feature sets on the same rows stay paired. Every fold's parts are disjoint, not empty and ascending; together they hold only rows that were
/// given. Partitioning kinds score each row exactly once per repeat; bootstrap and time need not.
/// <b>Thread safety:</b> instances have no state. <b>Errors:</b> <see cref="Errors.InputException"/> when the rows cannot be split so
/// (fewer rows of a class than folds, fewer groups than folds), with the counts.</para>
/// </summary>
public interface ISplitter
{
    /// <summary>The name in the experiment file: <c>stratified</c>, <c>kfold</c>, <c>group</c>, <c>time</c>, <c>bootstrap</c>, <c>given</c>.</summary>
    string Id { get; }

    /// <summary>Raised when the same arguments draw other folds than before; part of the cache key.</summary>
    int Version { get; }

    /// <summary>The folds of one repeat.</summary>
    /// <param name="table">Label, groups and times.</param>
    /// <param name="rows">The rows that may be used (the training rows), ascending.</param>
    /// <param name="folds">How many folds, at least 2 (<c>given</c> has one and ignores it).</param>
    /// <param name="repeat">Which repetition, from 0.</param>
    /// <param name="seed">The experiment's seed for splits; the repeat is mixed in by the splitter.</param>
    IReadOnlyList<Fold> Split(TaskTable table, int[] rows, int folds, int repeat, Seed seed);
}
