namespace TuneLab.Training;

/// <summary>What a trainer may also be whose runs work in other processes, each an <see cref="IRemoteRun"/>: a cancelled one ends whatever it does. <b>Contract.</b> As for <see cref="ITrainer"/>.</summary>
public interface IRemoteTrainer : ITrainer
{
    /// <summary>Those processes; trainers may share them.</summary>
    ITrainingProcesses Processes { get; }
}
