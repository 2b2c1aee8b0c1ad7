namespace TuneLab.Storage.Work;

/// <summary>What is asked of whoever runs an experiment, from another terminal.</summary>
public enum RunRequest
{
    /// <summary>Wait until the request is taken back.</summary>
    Pause,

    /// <summary>End now, without an answer; a worker goes on with the next experiment.</summary>
    Skip,

    /// <summary>End the search; the best so far is confirmed and exported.</summary>
    Stop,
}
