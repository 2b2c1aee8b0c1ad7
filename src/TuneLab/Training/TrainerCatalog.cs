using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Training;

/// <summary>The trainers there are, by id: one line of registration per engine. Immutable.</summary>
public sealed class TrainerCatalog
{
    private readonly Dictionary<string, ITrainer> _byId = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _missing;

    /// <param name="trainers">In the order in which a plan that names none tries them.</param>
    /// <param name="missing">Ids that an engine would supply if its packages were there, with how to get it.</param>
    /// <param name="defaultEngine">The engine whose trainers a plan gets that names none.</param>
    public TrainerCatalog(IEnumerable<ITrainer> trainers, IReadOnlyDictionary<string, string>? missing = null, string defaultEngine = "embedded")
    {
        All = [.. trainers];
        foreach (var trainer in All)
        {
            if (!_byId.TryAdd(trainer.Info.Id, trainer))
            {
                throw new ArgumentException($"Two trainers have the id '{trainer.Info.Id}'.", nameof(trainers));
            }
        }

        (_missing, DefaultEngine) = (missing ?? new Dictionary<string, string>(), defaultEngine);
    }

    /// <summary>Every trainer.</summary>
    public IReadOnlyList<ITrainer> All { get; }

    /// <summary>The engine whose trainers a plan gets that names none.</summary>
    public string DefaultEngine { get; }

    /// <summary>The trainers that a plan gets that names none.</summary>
    public IReadOnlyList<ITrainer> DefaultsFor(LearningTask task)
        => [.. All.Where(t => t.Info.Engine == DefaultEngine && t.Info.Tasks.Contains(task))];

    /// <summary>The trainer of that id, or null.</summary>
    public ITrainer? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The trainer of that id.</summary>
    /// <exception cref="InputException">There is none; the message says how to get it, or names the nearest.</exception>
    public ITrainer this[string id] => Find(id) ?? throw Unknown(id);

    /// <summary>The same catalog with other trainers in the place of these.</summary>
    /// <param name="replace">Gives for each trainer what stands for it, with the same id; itself where nothing changes.</param>
    public TrainerCatalog Replace(Func<ITrainer, ITrainer> replace) => new(All.Select(replace), _missing, DefaultEngine);

    /// <summary>The error for an id that is not there.</summary>
    public InputException Unknown(string id) => _missing.TryGetValue(id, out var how)
        ? new InputException($"The trainer '{id}' is not in this build.", how)
        : new InputException($"There is no trainer '{id}'.", Nearest.Hint(id, [.. All.Select(t => t.Info.Id)], "trainers"));
}
