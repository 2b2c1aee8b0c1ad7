using TuneLab.Storage.Work;
using TuneLab.Testing.Stores;

namespace TuneLab.Testing.Contracts;

/// <content>The backlog.</content>
public abstract partial class WorkStoreContract
{
    [Fact]
    public void AddItems_Several_GetNumbersVersionsAndInstants()
    {
        var added = Store.AddItems([WorkSamples.Item(1) with { Version = 9, Id = 77 }, new BacklogItem { Question = "why?" }]);
        var now = Time.GetUtcNow();
        Assert.Equal([WorkSamples.Item(1) with { Id = added[0].Id, Version = 1, Added = now, Updated = now }, new BacklogItem { Question = "why?", Id = added[1].Id, Version = 1, Added = now, Updated = now }], added);
        Assert.True(added[0].Id < added[1].Id);
        Assert.Equal(added, Store.Items());
        Assert.All(added, i => Assert.Equal(i, Store.FindItem(i.Id)));
        Assert.Equal((null, null, null, null), (added[1].Hypothesis, added[1].Expect, added[1].Setup, added[1].File));
    }

    [Fact]
    public void FindItem_UnknownNumber_IsNothing()
    {
        Assert.Null(Store.FindItem(7));
        Assert.Empty(Store.Items());
        Assert.Empty(Store.AddItems([]));
        Assert.Null(Store.TryUpdate(WorkSamples.Item(1) with { Id = 7, Version = 1 }));
    }

    [Theory]
    [InlineData(BacklogKind.Question, BacklogState.Open)]
    [InlineData(BacklogKind.Assumption, BacklogState.Started)]
    [InlineData(BacklogKind.Reframing, BacklogState.Done)]
    [InlineData(BacklogKind.Test, BacklogState.Dropped)]
    public void TryUpdate_EveryFieldOfAnItem_IsKept(BacklogKind kind, BacklogState state)
    {
        var before = Store.AddItems([new BacklogItem { Question = "why?" }])[0];
        Time.Advance(TimeSpan.FromTicks(12_345_678_901));
        var wanted = WorkSamples.Item(4) with { Id = before.Id, Version = 1, Kind = kind, State = state, Added = before.Added };
        var updated = Store.TryUpdate(wanted);
        Assert.Equal(wanted with { Version = 2, Updated = Time.GetUtcNow() }, updated);
        Assert.Equal(updated, Store.FindItem(before.Id));
        Assert.Null(Store.TryUpdate(wanted with { Question = "late" }));
        Assert.Equal(updated, Store.FindItem(before.Id));
    }
}
