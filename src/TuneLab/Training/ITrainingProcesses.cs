namespace TuneLab.Training;

/// <summary>Processes that train for this one. Thread-safe.</summary>
public interface ITrainingProcesses
{
    /// <summary>Resident memory in bytes of those that live now, added up; 0 where it can't be known. What they share with one another and with this process counts for each.</summary>
    long MemoryBytes { get; }
}
