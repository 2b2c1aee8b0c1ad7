using TuneLab.Experiments;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Worker;

/// <summary>The experiment that a worker has under way.</summary>
/// <param name="claim">The right to its entry.</param>
/// <param name="slice">It; null where it could not be started.</param>
/// <param name="record">The slice in the store.</param>
internal sealed class UnderWay(Claim claim, ISlice? slice, Slice record) : IDisposable
{
    public Claim Claim => claim;

    public ISlice? Slice => slice;

    public Slice Record => record;

    /// <summary>Whether its deadline had passed when it was begun: only the best so far is confirmed and exported.</summary>
    public bool IsLate { get; init; }

    /// <summary>The experiment that it told.</summary>
    public long? Experiment { get; set; }

    /// <summary>How it told to have ended.</summary>
    public SliceEnded? End { get; set; }

    /// <summary>Since when it is asked to rest.</summary>
    public DateTimeOffset? HeldAt { get; private set; }

    /// <summary>Since when it is asked to end.</summary>
    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>Whether it was asked to answer with what it has.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Whether its entry is held back, or gone.</summary>
    public bool IsUnwanted { get; set; }

    /// <summary>What is asked of it from another terminal.</summary>
    public RunRequest? Asked { get; set; }

    public void Hold(DateTimeOffset now)
    {
        HeldAt = now;
        slice!.Hold();
    }

    public void Release()
    {
        HeldAt = null;
        slice!.Release();
    }

    public void Leave(DateTimeOffset now)
    {
        LeftAt = now;
        slice!.Leave();
    }

    public void Stop()
    {
        (Stopped, HeldAt) = (true, null);
        slice!.Stop();
    }

    public void Dispose()
    {
        slice?.Dispose();
        claim.Dispose();
    }
}
