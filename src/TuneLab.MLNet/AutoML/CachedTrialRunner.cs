using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace TuneLab.MLNet.AutoML;

/// <summary>Takes a trial from the store where it is there, else has it run and keeps it.</summary>
/// <param name="inner">Runs trials; ends with this.</param>
/// <param name="cache">The trials of the experiment.</param>
/// <param name="context">Reads and writes models.</param>
internal sealed class CachedTrialRunner(ITrialRunner inner, TrialCache cache, MLContext context) : ITrialRunner
{
    /// <inheritdoc/>
    public async Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct)
    {
        var key = cache.Key(settings.Parameter);
        if (cache.Find(key, settings, context) is { } known)
        {
            return known;
        }

        var result = await inner.RunAsync(settings, ct).ConfigureAwait(false);
        cache.Add(key, result, context);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
