using TuneLab.Errors;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Tests.Worker;
using TuneLab.Storage.Work;
using TuneLab.Testing;
using TuneLab.Testing.Stores;

namespace TuneLab.Scheduling.Tests.Queue;

public sealed class QueueCheckTests
{
    private static readonly DateTimeOffset Now = new ManualTime().GetUtcNow();
    private static readonly QueueEntry[] Others =
    [
        WorkSamples.Bare("first") with { Id = 1 }, WorkSamples.Bare("nightly") with { Id = 2, Repeat = "night" }, WorkSamples.Bare("second") with { Id = 3, After = [1] }, WorkSamples.Bare("third") with { Id = 4, After = [3] },
    ];

    private readonly FakePermits _permits = new();

    public QueueCheckTests() => _permits.Times.Add(new(Now.AddHours(6), Now.AddHours(7)));

    [Theory]
    [InlineData(5.0, null, "does not open before the deadline, 2026-01-05 13:00: ")]
    [InlineData(8.0, 7.0, "does not open before the deadline, 2026-01-05 16:00: ")]
    [InlineData(8.0, 9.0, "may not begin before 2026-01-05 17:00, and its deadline is 2026-01-05 16:00")]
    [InlineData(8.0, null, null)]
    [InlineData(null, 7.0, null)]
    public void Require_ADeadlineThatCanOnlyBeMissed_IsRefused(double? deadline, double? notBefore, string? fault)
        => Expect(WorkSamples.Bare("new") with { Window = "night", Deadline = At(deadline), NotBefore = At(notBefore) }, fault);

    [Theory]
    [InlineData(0, 2, null, "number 2 (nightly), which repeats (night) and so is never done")]
    [InlineData(0, 1, null, null)]
    [InlineData(1, 4, null, "can't wait for itself, or for one that waits for it")]
    [InlineData(1, 1, null, "can't wait for itself, or for one that waits for it")]
    [InlineData(3, 1, "night", "Number 4 (third) waits until number 3 (new) is done")]
    public void Require_AfterWhatIsNeverDone_IsRefused(int id, int after, string? repeat, string? fault) => Expect(WorkSamples.Bare("new") with { Id = id, After = [after], Repeat = repeat }, fault);

    private static DateTimeOffset? At(double? hours) => hours is { } h ? Now.AddHours(h) : null;

    private void Expect(QueueEntry entry, string? fault)
    {
        if (Record.Exception(() => QueueCheck.Require(entry, Others, _permits, Now)) is not InputException error)
        {
            Assert.Null(fault);
            return;
        }

        Assert.NotNull(fault);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Hint);
    }
}
