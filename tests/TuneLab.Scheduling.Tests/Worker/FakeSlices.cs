using TuneLab.Errors;
using TuneLab.Experiments;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>Slices that do what a test says.</summary>
internal sealed class FakeSlices : ISliceRunner
{
    /// <summary>Every slice that was started, the last one last.</summary>
    public List<FakeSlice> Started { get; } = [];

    /// <summary>Why none can be started; null: they can.</summary>
    public string? Fault { get; set; }

    public FakeSlice Last => Started[^1];

    public ISlice Start(SliceOrder order)
    {
        if (Fault is { } fault)
        {
            throw new TuneLabException(fault);
        }

        Started.Add(new FakeSlice(order));
        return Started[^1];
    }
}

/// <summary>A slice: keeps what was asked of it, and tells what a test has it tell.</summary>
internal sealed class FakeSlice(SliceOrder order) : ISlice
{
    private readonly Queue<SliceNews> _news = new();

    public SliceOrder Order => order;

    /// <summary>What was asked of it, in order.</summary>
    public List<string> Asked { get; } = [];

    public bool IsDisposed { get; private set; }

    public void Tell(SliceNews news) => _news.Enqueue(news);

    public void End(SliceEnd how, string reason = "so it is") => Tell(new SliceEnded(how, reason, 12));

    public SliceNews? Next() => _news.TryDequeue(out var news) ? news : null;

    public void Hold() => Asked.Add("hold");

    public void Release() => Asked.Add("release");

    public void Leave() => Asked.Add("leave");

    public void Stop() => Asked.Add("stop");

    public void Dispose() => IsDisposed = true;
}
