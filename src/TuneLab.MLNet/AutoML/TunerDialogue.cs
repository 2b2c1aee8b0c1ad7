using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace.Option;
using TuneLab.Samplers;
using TuneLab.Space;
using MLParameter = Microsoft.ML.SearchSpace.Parameter;
using MLSearchSpace = Microsoft.ML.SearchSpace.SearchSpace;

namespace TuneLab.MLNet.AutoML;

/// <summary>
/// A tuner that is asked and told: an experiment whose trials wait for their loss. No thread waits; telling a loss goes on, on the caller's thread, to the next proposal.
/// </summary>
internal sealed class TunerDialogue
{
    private readonly SamplerRequest _request;
    private readonly List<Observation> _told = [];
    private readonly List<double[]> _proposed = [];
    private readonly Task<TrialResult> _experiment;
    private TaskCompletionSource<TrialResult>? _trial;
    private TrialSettings? _settings;

    public TunerDialogue(SamplerRequest request, Func<AutoMLExperiment, AutoMLExperiment> setTuner)
    {
        _request = request;
        var settings = new AutoMLExperiment.AutoMLExperimentSettings { SearchSpace = Space(request), Seed = (int)(request.Seed.Child("automl").Value & int.MaxValue) };
        var experiment = new AutoMLExperiment(new MLContext(settings.Seed), settings).SetTrialRunner(_ => new Borrowed(this)).SetPerformanceMonitor(_ => new NoMonitor());
        _experiment = setTuner(experiment).RunAsync();
    }

    /// <summary>Whether these observations begin with what was told.</summary>
    public bool GoesOn(SamplerRequest request, Observation[] observations)
        => request.Seed == _request.Seed && request.Stage == _request.Stage && ReferenceEquals(request.Box, _request.Box) && ReferenceEquals(request.Start, _request.Start)
            && _told.Count <= observations.Length && _told.SequenceEqual(observations.Take(_told.Count));

    /// <summary>The proposal after these observations.</summary>
    /// <returns>[dimensions] relative to the box.</returns>
    public double[] After(Observation[] observations)
    {
        for (var i = _told.Count; i < observations.Length; i++)
        {
            var (seen, trial) = (observations[i], _trial ?? throw Ended());
            var worst = _told.Where(Succeeded).Select(o => o.Loss).DefaultIfEmpty(0).Max();
            _told.Add(seen);
            var loss = Succeeded(seen) ? seen.Loss : worst + Math.Max(1, Math.Abs(worst));
            _trial = null;
            trial.SetResult(new TrialResult { TrialSettings = _settings!, Loss = loss, Metric = loss, DurationInMilliseconds = seen.Cost });
        }

        return _trial is null ? throw Ended() : _proposed[^1];
    }

    private Task<TrialResult> Wait(TrialSettings settings)
    {
        (_settings, _trial) = (settings, new TaskCompletionSource<TrialResult>());
        _proposed.Add(Relative(settings.Parameter));
        return _trial.Task;
    }

    private static bool Succeeded(Observation seen) => seen.Status != ObservationStatus.Failed && double.IsFinite(seen.Loss);

    private InvalidOperationException Ended() => new("ML.NET's tuner proposed nothing more.", _experiment.Exception);

    // names that sort as the dimensions do
    private static string Name(int dimension) => dimension.ToString("x000", CultureInfo.InvariantCulture);

    private static MLSearchSpace Space(SamplerRequest request)
    {
        var (space, box) = (new MLSearchSpace(), request.Box);
        var start = request.Start.Count > 0 ? request.Start[0] : null;
        for (var i = 0; i < request.Space.Dimensions; i++)
        {
            if (box.Choices[i] is { } allowed)
            {
                object[] names = [.. Enumerable.Range(0, allowed.Count).Select(c => c.ToString(CultureInfo.InvariantCulture))];
                var at = start is null ? -1 : allowed.ToList().IndexOf(((ChoiceParameter)request.Space.Parameters[i]).IndexOf(start[i]));
                space.Add(Name(i), new ChoiceOption(names, names[Math.Max(0, at)]));
            }
            else
            {
                var side = box.High[i] - box.Low[i];
                space.Add(Name(i), new UniformDoubleOption(0, 1, false, start is null || side <= 0 ? 0.5 : Math.Clamp((start[i] - box.Low[i]) / side, 0, 1)));
            }
        }

        return space;
    }

    private double[] Relative(MLParameter parameter)
    {
        var relative = new double[_request.Space.Dimensions];
        for (var i = 0; i < relative.Length; i++)
        {
            relative[i] = _request.Box.Choices[i] is { } allowed
                ? (int.Parse(parameter[Name(i)].AsType<string>(), CultureInfo.InvariantCulture) + 0.5) / allowed.Count
                : parameter[Name(i)].AsType<double>();
        }

        return relative;
    }

    // the experiment disposes of its runner after each trial
    private sealed class Borrowed(TunerDialogue owner) : ITrialRunner
    {
        public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct) => owner.Wait(settings);

        public void Dispose()
        {
        }
    }

    private sealed class NoMonitor : IPerformanceMonitor
    {
        public event EventHandler<TrialPerformanceMetrics>? PerformanceMetricsUpdated
        {
            add { }
            remove { }
        }

        public void Start()
        {
        }

        public void Pause()
        {
        }

        public void Stop()
        {
        }

        public double? GetPeakMemoryUsageInMegaByte() => null;

        public double? GetPeakCpuUsage() => null;

        public void OnPerformanceMetricsUpdatedHandler(TrialSettings trialSettings, TrialPerformanceMetrics metrics, CancellationTokenSource trialCancellationTokenSource)
        {
        }

        public void Dispose()
        {
        }
    }
}
