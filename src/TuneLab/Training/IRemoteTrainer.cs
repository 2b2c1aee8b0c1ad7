namespace TuneLab.Training;

/// <summary>What a trainer may also be whose runs work in other processes, each an <see cref="IRemoteRun"/>: a cancelled one ends whatever it does. <b>Contract.</b> As for <see cref="ITrainer"/>.</summary>
public interface IRemoteTrainer : ITrainer
{
    /// <summary>Those processes; trainers may share them.</summary>
    ITrainingProcesses Processes { get; }

    /// <summary>As <see cref="ITrainer.Start"/>, and tells when the training begins.</summary>
    /// <param name="request">What to train on.</param>
    /// <param name="begins">Called once, on the caller's thread, when a process is up and has read the data, before the trainer is asked for anything; not called when it does not come to that.</param>
    /// <param name="cancellation">As for <see cref="ITrainer.Start"/>.</param>
    ITrainingRun Start(TrainingRequest request, Action begins, CancellationToken cancellation = default);
}
