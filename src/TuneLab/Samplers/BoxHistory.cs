using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>A trial and where it lies in a box.</summary>
/// <param name="Trial">As the sampler sees it.</param>
/// <param name="Point">Relative to the box, as <see cref="BoxSpace.Of"/> has it.</param>
internal sealed record BoxTrial(Observation Trial, BoxPoint Point)
{
    /// <summary>0 for a trial with a score, 1 for a pruned one, 2 for one without.</summary>
    public int Rank { get; } = Trial.Status == ObservationStatus.Failed || !double.IsFinite(Trial.Loss) ? 2 : Trial.Status == ObservationStatus.Pruned ? 1 : 0;
}

/// <summary>What a history comes to inside a box: a memo that grows with the history and begins anew when another one is followed. Not thread-safe.</summary>
internal sealed class BoxHistory(BoxSpace space)
{
    private readonly List<Observation> _followed = [];
    private readonly SortedList<double, List<BoxTrial>> _inside = [];
    private readonly Dictionary<double, int> _scored = [];
    private readonly Dictionary<Configuration, List<Observation>> _tried = [];

    /// <summary>Where it looks.</summary>
    public BoxSpace Space => space;

    /// <summary>Takes in what is new.</summary>
    public void Follow(SearchHistory history)
    {
        var observations = history.Observations;
        if (!GoesOn(observations))
        {
            _followed.Clear();
            _inside.Clear();
            _scored.Clear();
            _tried.Clear();
        }

        for (var i = _followed.Count; i < observations.Count; i++)
        {
            Add(observations[i]);
        }
    }

    /// <summary>
    /// The trials to learn from, in the order of their numbers: all of the largest fidelity that has that many with a score inside the box, whatever pass they come from; empty when none has.
    /// The list is the same one as long as only trials are added.
    /// </summary>
    public IReadOnlyList<BoxTrial> Learnable(int enough)
    {
        for (var k = _inside.Count - 1; k >= 0; k--)
        {
            if (_scored[_inside.Keys[k]] >= enough)
            {
                return _inside.Values[k];
            }
        }

        return [];
    }

    /// <summary>Whether a configuration was tried at the fidelity of the request's pass; where that is not known, at any.</summary>
    public bool WasTried(Configuration configuration, SamplerRequest request)
    {
        if (!_tried.TryGetValue(configuration, out var same))
        {
            return false;
        }

        var rows = request.Rows ?? (_followed[^1].Stage == request.Stage ? _followed[^1] : _followed.FindLast(o => o.Stage == request.Stage))?.Rows;
        return rows is null || same.Exists(o => o.Rows == rows);
    }

    private bool GoesOn(IReadOnlyList<Observation> observations)
    {
        if (observations.Count < _followed.Count)
        {
            return false;
        }

        for (var i = 0; i < _followed.Count; i++)
        {
            if (!ReferenceEquals(_followed[i], observations[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Add(Observation observation)
    {
        _followed.Add(observation);
        if (observation.Again)
        {
            return; // what there was to learn from it is here already
        }

        var configuration = space.Coordinates.Box.Space.FromUnit("", observation.Point);
        if (!_tried.TryGetValue(configuration, out var same))
        {
            _tried.Add(configuration, same = []);
        }

        same.Add(observation);
        if (!space.Coordinates.Concerns(observation.Point))
        {
            return;
        }

        var trial = new BoxTrial(observation, space.Of(observation.Point));
        if (!_inside.TryGetValue(observation.Rows, out var inside))
        {
            _inside.Add(observation.Rows, inside = []);
        }

        inside.Add(trial);
        _scored[observation.Rows] = _scored.GetValueOrDefault(observation.Rows) + (trial.Rank < 2 ? 1 : 0);
    }
}
