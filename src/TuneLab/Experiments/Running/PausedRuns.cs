using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>
/// Keeps the checkpoints of runs that were paused between rounds: in memory up to a bound; what does not fit, and what must outlive the process, in the store. One that is lost costs rounds, which are
/// trained again, and changes no score; so what can't be written or read counts as lost. Thread-safe.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="experiment">Whose runs.</param>
/// <param name="mostBytes">What may be kept in memory.</param>
internal sealed class PausedRuns(ITrialStore store, long experiment, long mostBytes)
{
    private const string Folder = "paused/";

    // what is kept in memory where the plan does not limit it, and the part of its limit where it does
    private const long UsualBytes = 256L << 20;
    private const int PartOfLimit = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<Paused> _kept = [];
    private readonly Dictionary<string, LinkedListNode<Paused>> _byName = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Those of a plan.</summary>
    public static PausedRuns Of(ITrialStore store, long experiment, BudgetPlan budget) => new(store, experiment, Math.Min(UsualBytes, budget.MemoryBytes / PartOfLimit ?? UsualBytes));

    /// <summary>Keeps a run; one of the same name is let go.</summary>
    public void Keep(string name, Configuration configuration, Action<BinaryWriter> save)
    {
        var bytes = Try(() =>
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            save(writer);
            return stream.ToArray();
        });
        lock (_lock)
        {
            Remove(name);
            if (bytes is null)
            {
                return;
            }

            _byName[name] = _kept.AddLast(new Paused(name, configuration, bytes));
            _bytes += bytes.Length;
            while (_bytes > mostBytes)
            {
                MakeRoom();
            }
        }
    }

    /// <summary>The run of that name, from memory or the store; null when it is lost.</summary>
    public byte[]? Find(string name)
    {
        lock (_lock)
        {
            return _byName.TryGetValue(name, out var kept) ? kept.Value.Bytes : Try(() => store.FindBlob(experiment, Folder + name));
        }
    }

    /// <summary>Those of the evaluations that are stored, in that order.</summary>
    public IReadOnlyList<Evaluation> Stored(IReadOnlyList<string> keys)
    {
        var found = store.FindEvaluations(keys);
        return [.. keys.Select(k => found.GetValueOrDefault(k)).OfType<Evaluation>()];
    }

    /// <summary>Lets go of a run: it has ended.</summary>
    public void Forget(string name)
    {
        lock (_lock)
        {
            Remove(name);
        }
    }

    /// <summary>Says which configurations go on for sure: the others' runs stay only while there is room.</summary>
    public void Prefer(IEnumerable<Configuration> configurations)
    {
        var wanted = configurations.ToHashSet();
        lock (_lock)
        {
            foreach (var paused in _kept)
            {
                paused.Spare = !wanted.Contains(paused.Configuration);
            }
        }
    }

    /// <summary>Writes all that there are to the store, for a later process.</summary>
    public void Write()
    {
        lock (_lock)
        {
            foreach (var paused in _kept)
            {
                Put(paused);
            }
        }
    }

    /// <summary>Lets go of all runs, in the store too.</summary>
    public void Drop()
    {
        lock (_lock)
        {
            _bytes = 0;
            _kept.Clear();
            _byName.Clear();
            store.DropBlobs(experiment, Folder);
        }
    }

    private void MakeRoom()
    {
        var victim = _kept.FirstOrDefault(p => p.Spare) ?? _kept.First!.Value;
        if (!victim.Spare)
        {
            Put(victim);
        }

        Remove(victim.Name);
    }

    private void Put(Paused paused) => Try(() =>
    {
        store.PutBlob(experiment, Folder + paused.Name, paused.Bytes);
        return paused;
    });

    private void Remove(string name)
    {
        if (_byName.Remove(name, out var node))
        {
            _bytes -= node.Value.Bytes.Length;
            _kept.Remove(node);
        }
    }

    private static T? Try<T>(Func<T?> act)
        where T : class
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null; // a lost run is trained again; a store that does not work is noticed where results are stored
        }
    }

    private sealed class Paused(string name, Configuration configuration, byte[] bytes)
    {
        public string Name => name;

        public Configuration Configuration => configuration;

        public byte[] Bytes => bytes;

        public bool Spare { get; set; }
    }
}
