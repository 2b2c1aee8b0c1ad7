using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using TuneLab.Data;
using TuneLab.Data.Encoding;

namespace TuneLab.Training;

/// <summary>
/// One fold made ready once for all trials that use it: the encoded table (fitted on the fold's training rows), the label, and whatever trainers derive from
/// them and share. Read-only and thread-safe.
/// </summary>
public sealed class PreparedFold
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<object?>> _shared = new(StringComparer.Ordinal);

    /// <param name="task">What is learned.</param>
    /// <param name="outputs">Numbers per row that a model gives: classes for multiclass, else 1.</param>
    /// <param name="table">All rows, encoded.</param>
    /// <param name="target">[rows] class index or number.</param>
    /// <param name="weights">[rows] or null.</param>
    /// <param name="train">The rows that the encoding was fitted on; ascending.</param>
    public PreparedFold(LearningTask task, int outputs, FeatureTable table, double[] target, double[]? weights, int[] train)
        => (Task, Outputs, Table, Target, Weights, Train) = (task, outputs, table, target, weights, train);

    /// <summary>What is learned.</summary>
    public LearningTask Task { get; }

    /// <summary>Numbers per row: the number of classes for multiclass, else 1.</summary>
    public int Outputs { get; }

    /// <summary>All rows of the dataset, encoded.</summary>
    public FeatureTable Table { get; }

    /// <summary>[rows]: class index or number; trainers read it at their training rows only.</summary>
    public double[] Target { get; }

    /// <summary>[rows] of at least 0, or null: all 1.</summary>
    public double[]? Weights { get; }

    /// <summary>The rows that the encoding was fitted on: what shared bins and scalings are fitted on too, whatever sample a run uses.</summary>
    public int[] Train { get; }

    /// <summary>Directions that predictions must keep, by the <see cref="FeatureColumn.Source"/> of a numeric feature; only trainers with <see cref="TrainerInfo.Monotone"/> get any. <value>Empty.</value></summary>
    public IReadOnlyDictionary<string, MonotoneDirection> Monotone { get; init; } = ReadOnlyDictionary<string, MonotoneDirection>.Empty;

    /// <summary>Something derived from this fold alone (bins, a scaled matrix), made by the first who asks and shared by all; others wait for it.</summary>
    /// <param name="key">Names what is made and every setting that it depends on, e.g. <c>bins:255</c>.</param>
    /// <param name="make">A pure function of this fold; its result is immutable. When it fails or is cancelled nothing is remembered, and the next who asks makes it.</param>
    /// <param name="cancellation">Ends the waiting; handed to <paramref name="make"/>.</param>
    /// <exception cref="OperationCanceledException">Cancelled before it was made.</exception>
    public T Share<T>(string key, Func<PreparedFold, CancellationToken, T> make, CancellationToken cancellation)
        where T : class
    {
        while (true)
        {
            var own = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var entry = _shared.GetOrAdd(key, own);
            if (entry != own)
            {
                entry.Task.Wait(cancellation);
                if (entry.Task.Result is T made)
                {
                    return made;
                }

                continue; // whoever made it gave up
            }

            try
            {
                var made = make(this, cancellation);
                own.SetResult(made);
                return made;
            }
            catch
            {
                _shared.TryRemove(new(key, own));
                own.SetResult(null);
                throw;
            }
        }
    }
}
