using TuneLab.Samplers.Local;

namespace TuneLab.Samplers;

/// <summary>
/// Nelder and Mead's simplex (1965, A simplex method for function minimization) with the coefficients of Gao and Han 2012 for many dimensions, in coordinates relative to the box: a corner for each number and one more; the worst
/// is mirrored at the others, and the simplex stretches, shortens or shrinks by what that brings. It begins at <see cref="SamplerRequest.Start"/>[0], else in the middle, with sides of a fifth of the box, and uses ranks only.
/// <para>While a corner is under way the next worst one moves, as if the former had come between best and worst (after Lee and Wiswall 2007, A parallel implementation of the simplex function minimization routine); where it
/// comes otherwise, that evaluation stays unused. A simplex smaller than a thousandth of the box begins again, in turns around the best point with half the size and elsewhere. Whole and stepped numbers are rounded; choices
/// stay, but every sixth proposal tries another one at the best point. Pruned observations rank behind completed ones, failed ones last. Does not handle noise: a lucky corner stays until a restart.</para>
/// </summary>
public sealed class NelderMeadSampler : ISampler
{
    private const double Size = 0.2;

    private LocalRun? _run;

    /// <inheritdoc/>
    public string Id => "nelder-mead";

    /// <inheritdoc/>
    public int Lag => 1;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        Observation[] seen = [.. request.History.Observations.Where(o => o.Stage == request.Stage)];
        if (_run is null || !_run.Continues(request, seen))
        {
            _run = new LocalRun(request, request.Seed.Child("nelder-mead"), Lag, (frame, size) => Simplex.Begin(Simplex.Around(frame, size * Size)));
        }

        return _run.Propose(request.Index, seen);
    }
}
