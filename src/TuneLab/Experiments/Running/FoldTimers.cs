namespace TuneLab.Experiments.Running;

/// <summary>
/// The times of a run's trainings. Without a limit nothing ends a trainer that hangs, and a limit that came from the clock would have the same trial fail on one machine and not on another; so a
/// person is told: when a training has taken ten minutes, and ten times what the longest of its trainer took in this run, and again each time that has doubled. Changes no result. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="limit">The longest that a fold may train, or null.</param>
/// <param name="note">Is told, from any thread.</param>
internal sealed class FoldTimers(TimeProvider time, TimeSpan? limit, Action<string> note)
{
    private const double Times = 10;
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TimeSpan> _longest = new(StringComparer.Ordinal);

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>The longest that a fold may train, or null.</summary>
    public TimeSpan? Limit => limit;

    /// <summary>A timer of a training that has not begun yet.</summary>
    /// <param name="what"><c>trial 12</c>.</param>
    /// <param name="trainer">The trainer's id.</param>
    public FoldTimer For(string what, string trainer) => new(this, what, trainer);

    /// <summary>How long a training of that trainer may take until somebody is told.</summary>
    public TimeSpan Patience(string trainer)
    {
        lock (_lock)
        {
            var usual = Times * _longest.GetValueOrDefault(trainer);
            return usual > Least ? usual : Least;
        }
    }

    /// <summary>Takes in what a training took.</summary>
    public void Add(string trainer, TimeSpan took)
    {
        lock (_lock)
        {
            _longest[trainer] = _longest.TryGetValue(trainer, out var longest) && longest > took ? longest : took;
        }
    }

    /// <summary>Tells that a training has been under way for that long.</summary>
    public void Note(string what, string trainer, TimeSpan elapsed)
    {
        bool known;
        TimeSpan longest;
        lock (_lock)
        {
            known = _longest.TryGetValue(trainer, out longest);
        }

        var usual = known ? string.Create(CultureInfo.InvariantCulture, $"the longest of {trainer} before it took {longest.TotalSeconds:0.#} s") : $"none of {trainer} has ended in this run";
        note(string.Create(CultureInfo.InvariantCulture, $"{what}, {trainer}: a fold has been training for {elapsed.TotalMinutes:0} min; {usual}. Ctrl-C ends the search and keeps the best so far; budget.trial_time ends a trial that hangs."));
    }
}
