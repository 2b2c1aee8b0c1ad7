namespace TuneLab.MLNet.Tests.AutoML;

/// <summary>Tests in which ML.NET makes FastTree's estimators itself: that sets the process's number of threads, which the engine's fits, one at a time otherwise, must not see.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
