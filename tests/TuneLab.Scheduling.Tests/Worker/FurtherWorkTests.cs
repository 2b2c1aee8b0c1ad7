using TuneLab.Experiments;
using TuneLab.Scheduling.Background;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>What a worker does when nothing that is queued can run.</summary>
public sealed class FurtherWorkTests : QueueWorkerBench
{
    [Fact]
    public void Look_WhatTheWorkerFoundIsMovedFirst_ItIsNotLeftForWhatComesAfter()
    {
        using var worker = Worker("further", drain: true, new FakeFurther(Plan("more") with { Parent = 7, Priority = 5 }));
        worker.Look();
        Add("asked");
        worker.Look();
        Assert.Empty(_slices.Last.Asked);
    }

    [Fact]
    public void Look_NothingIsQueued_GoesOnWithWhatWorksUntilThereIsNothing()
    {
        var further = new FakeFurther(Plan("more") with { Parent = 7 });
        using var worker = Worker("further", drain: true, further);
        Add("asked");
        worker.Look();
        Assert.Equal("asked", Entry(_slices.Last.Order.Entry).Name);
        _slices.Last.End(SliceEnd.Answered);
        Assert.Equal(WorkerState.Running, worker.Look());
        Assert.Equal("more", Entry(_slices.Last.Order.Entry).Name);
        _slices.Last.End(SliceEnd.Answered);
        Assert.Equal(WorkerState.Ended, worker.Look());
        Assert.Equal("waits: no gain is left", _told.Lines[^1]);
    }

    [Fact]
    public void Look_SomethingIsQueuedMeanwhile_WhatTheWorkerFoundGivesWay()
    {
        using var worker = Worker("further", drain: true, new FakeFurther(Plan("more") with { Parent = 7, Priority = -1000 }));
        worker.Look();
        Assert.Equal("more", Entry(_slices.Last.Order.Entry).Name);
        Add("asked");
        worker.Look();
        Assert.Equal(["leave"], _slices.Last.Asked);
        _slices.Last.End(SliceEnd.Left);
        worker.Look();
        Assert.Equal("asked", Entry(_slices.Last.Order.Entry).Name);
        _slices.Last.End(SliceEnd.Answered);
        worker.Look();
        Assert.Equal(("more", 3), (Entry(_slices.Last.Order.Entry).Name, _slices.Started.Count));
    }

    [Fact]
    public void Look_TheWindowIsClosed_FindsNothingByItself()
    {
        using var worker = Worker("further", drain: false, new FakeFurther(Plan("more")));
        _permits.Closed.Add("");
        Assert.Equal(WorkerState.Waiting, worker.Look());
        Assert.Empty(_store.Entries());
    }

    /// <summary>Gives an entry once.</summary>
    private sealed class FakeFurther(QueueEntry entry) : IFurtherWork
    {
        private QueueEntry? _entry = entry;

        public FurtherWork Find()
        {
            var found = _entry;
            _entry = null;
            return new FurtherWork(found, found is null ? "no gain is left" : "going on");
        }
    }
}
