using Microsoft.ML.AutoML;
using TuneLab.Randomness;
using TuneLab.Samplers;
using MLParameter = Microsoft.ML.SearchSpace.Parameter;

namespace TuneLab.MLNet.AutoML;

/// <summary>
/// TuneLab's staged search as a tuner of ML.NET's <see cref="AutoMLExperiment"/>: ML.NET's defaults of each pipeline, coarse random search, refinement in smaller hypercubes, a polish by <c>gp</c>
/// (<see cref="StagedAskTell"/>). Stages follow one another by <c>SetMaxModelToExplore</c> where it is given, else by their share of <c>SetTrainingTimeInSeconds</c>, measured by the trials'
/// own durations. The same seed and losses (and durations) give the same proposals.
/// </summary>
/// <example>
/// <code>
/// var experiment = context.Auto().CreateExperiment()
///     .SetDataset(train, valid).SetPipeline(pipeline).SetBinaryClassificationMetric(BinaryClassificationMetric.AreaUnderRocCurve, "Label")
///     .SetMaxModelToExplore(60)
///     .SetTuner&lt;StagedTuner&gt;();   // after SetPipeline, which sets a tuner of its own
/// </code>
/// </example>
/// <threadsafety>Called by one experiment, from one thread at a time.</threadsafety>
public sealed class StagedTuner : ITuner
{
    private readonly OptionSpace _space;
    private readonly StagedAskTell _search;
    private readonly Dictionary<int, Proposal> _open = [];
    private int _told;
    private double _seconds;

    /// <param name="settings">The experiment's, which hands them over itself.</param>
    public StagedTuner(AutoMLExperiment.AutoMLExperimentSettings settings)
    {
        _space = new OptionSpace(settings.SearchSpace);
        var seed = new Seed((ulong)(settings.Seed ?? 0)).Child("staged-tuner");
        int? trials = settings.MaxModels is > 0 and < int.MaxValue ? settings.MaxModels : null;
        _search = new StagedAskTell(_space.Learners, minimize: true, seed, trials, settings.MaxExperimentTimeInSeconds);
    }

    /// <inheritdoc/>
    /// <remarks>When every configuration has been proposed, the best one comes again.</remarks>
    public MLParameter Propose(TrialSettings settings)
    {
        foreach (var (trial, proposal) in _open.ToArray())
        {
            // what was cut off is never told
            _search.TellFailed(proposal.Number, _told == 0 ? 1 : _seconds / _told);
            _open.Remove(trial);
        }

        if (_search.Ask() is not { } next)
        {
            return _space.Of((_search.Best?.Proposal.Configuration) ?? _space.Learners[0].Start);
        }

        _open[settings.TrialId] = next;
        return _space.Of(next.Configuration);
    }

    /// <inheritdoc/>
    public void Update(TrialResult result)
    {
        // trials of an earlier run, which some tuners are told of, were not proposed here
        if (!_open.Remove(result.TrialSettings.TrialId, out var proposal))
        {
            return;
        }

        var cost = Math.Max(1e-3, result.DurationInMilliseconds / 1000);
        (_told, _seconds) = (_told + 1, _seconds + cost);
        if (double.IsFinite(result.Loss) && result.Loss < double.MaxValue)
        {
            _search.Tell(proposal.Number, result.Loss, cost);
        }
        else
        {
            _search.TellFailed(proposal.Number, cost);
        }
    }
}
