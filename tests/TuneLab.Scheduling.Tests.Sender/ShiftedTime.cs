namespace TuneLab.Scheduling.Tests.Sender;

/// <summary>The clock of a process that begins later than it does.</summary>
internal sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
