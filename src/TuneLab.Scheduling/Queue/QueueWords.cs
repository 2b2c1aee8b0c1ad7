namespace TuneLab.Scheduling.Queue;

/// <summary>Words in reasons of the queue that are looked for again.</summary>
internal static class QueueWords
{
    /// <summary>How the reason of an entry begins whose deadline passed.</summary>
    public const string Missed = "its deadline, ";
}
