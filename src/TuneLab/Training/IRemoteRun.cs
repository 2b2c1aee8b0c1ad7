namespace TuneLab.Training;

/// <summary>What a run may also be that works in another process, whose memory is then the run's and not this process's. <b>Contract.</b> As for <see cref="ITrainingRun"/>; asked before <see cref="ITrainingRun.Complete"/>.</summary>
public interface IRemoteRun : ITrainingRun
{
    /// <summary>The most resident memory that the run's process has had; 0 where it can't be known.</summary>
    long PeakMemoryBytes { get; }
}
