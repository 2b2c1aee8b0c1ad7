using TuneLab.Samplers.Local;

namespace TuneLab.Samplers;

/// <summary>
/// Quasi-Newton descent from finite differences, the quasi-gradient polish: points beside the best one along each number give a quadratic model (<see cref="QuadraticModel"/>, a least-change update with function values), whose
/// least points inside three radii are tried at once; older points near by spare differences. Steps stay inside the box. It begins at <see cref="SamplerRequest.Start"/>[0], else in the middle, with a radius of a tenth of
/// the box. A difference is a twentieth of the box's side, a hundredth at the end, and no less than a cell of a whole or stepped number: wide, because scores are noisy.
/// <para>While points of a batch are under way the model's values stand for theirs. Once no step is better any more it begins again, in turns around the best point with half the radius and elsewhere. Choices stay, but every sixth
/// proposal tries another one at the best point. Pruned and failed observations are no part of the model, and no better than any other. Does not handle more than one optimum but by beginning again.</para>
/// </summary>
public sealed class QuasiNewtonSampler : ISampler
{
    private const double Radius = 0.1;

    private LocalRun? _run;

    /// <inheritdoc/>
    public string Id => "quasi-newton";

    /// <inheritdoc/>
    public int Lag => 2;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        Observation[] seen = [.. request.History.Observations.Where(o => o.Stage == request.Stage)];
        if (_run is null || !_run.Continues(request, seen))
        {
            _run = new LocalRun(request, request.Seed.Child("quasi-newton"), Lag, (frame, size) => QuasiNewton.Begin(frame, size * Radius));
        }

        return _run.Propose(request.Index, seen);
    }
}
