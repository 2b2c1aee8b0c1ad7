using Microsoft.ML.AutoML;
using TuneLab.Samplers;

namespace TuneLab.MLNet.AutoML;

/// <summary>
/// One of ML.NET's tuners behind TuneLab's seam. The tuners are internal to ML.NET, so an <see cref="AutoMLExperiment"/> of its own runs around each, whose trials are the proposals. It sees the
/// observations of its own pass only, each in its turn; a failed one is told as worse than the worst.
/// </summary>
/// <param name="id">Its name.</param>
/// <param name="setTuner">Chooses the tuner.</param>
internal sealed class TunerSampler(string id, Func<AutoMLExperiment, AutoMLExperiment> setTuner) : ISampler
{
    // a memo: the dialogue with the tuner as far as it has come
    private TunerDialogue? _dialogue;

    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    /// <remarks>None: the tuners take one trial at a time.</remarks>
    public int Lag => 0;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        if (request.Space.Dimensions == 0)
        {
            return []; // the tuners can't do without an option
        }

        Observation[] own = [.. request.History.Observations.Where(o => o.Stage == request.Stage)];
        if (_dialogue is null || !_dialogue.GoesOn(request, own))
        {
            _dialogue = new TunerDialogue(request, setTuner);
        }

        return request.Box.Place(_dialogue.After(own));
    }
}
