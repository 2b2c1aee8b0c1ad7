using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Tests.Permits;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Presence;

public class IdleJudgeTests
{
    private readonly ManualTime _time = new();
    private readonly IdleJudge _judge;

    public IdleJudgeTests() => _judge = new IdleJudge(new IdleSettings(), _time);

    public static TheoryData<string, PresenceReading> Disturbances => new()
    {
        { "the machine is on battery", FakePresence.Nobody with { OnMains = Reading<bool>.Of(false, "t") } },
        { "other programs keep the machine busy", FakePresence.Nobody with { LoadPerCore = Reading<double>.Of(0.31, "t") } },
        { "other programs wait for a processor", FakePresence.Nobody with { Pressure = Reading<double>.Of(20.5, "t") } },
        { "too little memory is free", FakePresence.Nobody with { FreeMemoryBytes = Reading<long>.Of((1L << 30) - 1, "t") } },
        { "whether it is on mains is not known: why", FakePresence.Nobody with { OnMains = Reading<bool>.Unknown("why") } },
        { "the load of other programs is not known: why", FakePresence.Nobody with { LoadPerCore = Reading<double>.Unknown("why") } },
        { "how long programs wait for a processor is not known: why", FakePresence.Nobody with { Pressure = Reading<double>.Unknown("why") } },
        { "how much memory is free is not known: why", FakePresence.Nobody with { FreeMemoryBytes = Reading<long>.Unknown("why") } },
    };

    [Fact]
    public void Judge_NobodyThere_IsIdleAtOnce() => Assert.Equal(new IdleState(true, "nobody uses the machine"), _judge.Judge(FakePresence.Nobody));

    [Fact]
    public void Judge_SomebodyComesAndLeaves_IsIdleAfterTheTimeOfTheSettings()
    {
        _judge.Judge(FakePresence.Nobody);
        Assert.Equal(new IdleState(false, "somebody uses the machine"), _judge.Judge(FakePresence.Somebody(0)));
        Assert.False(_judge.Judge(FakePresence.Somebody(599.9)).Holds);
        Assert.True(_judge.Judge(FakePresence.Somebody(600)).Holds);
    }

    [Fact]
    public void Judge_UnknownInput_IsNotIdle()
        => Assert.Equal(new IdleState(false, "whether somebody is there is not known: why"), _judge.Judge(FakePresence.Nobody with { SinceInput = Reading<TimeSpan>.Unknown("why") }));

    [Theory]
    [MemberData(nameof(Disturbances))]
    public void Judge_ADisturbance_EndsItAtOnceAndItBeginsAfterAMinuteOfQuiet(string why, PresenceReading reading)
    {
        Assert.Equal(new IdleState(false, why), _judge.Judge(reading));
        Assert.False(_judge.Judge(FakePresence.Nobody).Holds);
        _time.Advance(IdleJudge.Settle - TimeSpan.FromSeconds(1));
        Assert.False(_judge.Judge(FakePresence.Nobody).Holds);
        Assert.False(_judge.Judge(reading).Holds);
        _time.Advance(IdleJudge.Settle - TimeSpan.FromSeconds(1));
        Assert.False(_judge.Judge(FakePresence.Nobody).Holds);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_judge.Judge(FakePresence.Nobody).Holds);
    }

    [Fact]
    public void Judge_PressureWhileWorkRuns_IsTheWorksOwn()
    {
        _judge.Judge(FakePresence.Nobody);
        Assert.True(_judge.Judge(FakePresence.Nobody with { Pressure = Reading<double>.Of(95, "t") }).Holds);
    }

    [Fact]
    public void Judge_WhatTheSystemDoesNotHave_DoesNotCount() => Assert.True(_judge.Judge(FakePresence.Nobody with { Pressure = Reading<double>.NotOffered("no such thing") }).Holds);

    [Fact]
    public void Judge_IgnoredLimits_AreIgnored()
    {
        var nothing = new IdleJudge(new IdleSettings { Keyboard = null, LoadPerCore = null, Pressure = null, Mains = false, FreeMemoryBytes = null }, _time);
        Assert.True(nothing.Judge(new PresenceReading
        {
            SinceInput = Reading<TimeSpan>.Unknown("why"),
            LoadPerCore = Reading<double>.Unknown("why"),
            Pressure = Reading<double>.Unknown("why"),
            OnMains = Reading<bool>.Unknown("why"),
            FreeMemoryBytes = Reading<long>.Unknown("why"),
        }).Holds);
    }
}
