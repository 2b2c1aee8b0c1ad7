using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Tests.Alerts;

public sealed class AlertEventsTests
{
    private static readonly AlertChannel All = Told.Channel(AlertCarrier.File, "/log.jsonl") with { Past = 0.9 };

    [Fact]
    public void OfAnswer_Seen_HasWhatHappenedInItsBody()
    {
        var alerts = AlertEvents.OfAnswer(Told.Done() with { Experiment = 7 }, Told.Answer(), [All]);
        Assert.Equal(["metric", "verdict", "finished"], alerts.Select(a => a.Alert.Event));
        Assert.All(alerts, a => Assert.Equal([AlertChannelName.Of(All)], a.Channels));
        Assert.Equal(
            """{"id":"ID","event":"metric","at":"2026-01-05T07:30:00.0000000Z","text":"churn ü: auc 0.91 is past 0.9","experiment":"churn ü","entry":1,"file":"/home/churn.yaml","verdict":"supported","metric":"auc","score":0.91,"trainer":"boosting","threshold":0.9}""",
            alerts[0].Alert.Body.Replace(alerts[0].Alert.Id, "ID", StringComparison.Ordinal));
        Assert.Equal(((long?)1, (long?)7), (alerts[2].Alert.Entry, alerts[2].Alert.Experiment));
        Assert.All(alerts, a => Assert.Equal(a.Alert.Id, a.Alert.Value("id").GetString()));
    }

    [Fact]
    public void OfAnswer_TheSameAgain_HasTheSameIds()
    {
        var entry = Told.Done() with { Experiment = 7 };
        var later = entry with { Version = 9, Updated = entry.Updated.AddDays(1), Place = 4, State = QueueState.Waiting };
        Assert.Equal(Ids(entry), Ids(later));
        QueueEntry[] others = [entry with { Id = 2 }, entry with { Experiment = 8 }, entry with { Added = entry.Added.AddTicks(1) }];
        Assert.All(others, other => Assert.Empty(Ids(entry).Intersect(Ids(other))));
        var better = AlertEvents.OfAnswer(entry, Told.Answer() with { Sentence = "Better still." }, [All]).Select(a => a.Alert.Id);
        Assert.Empty(Ids(entry).Intersect(better)); // a new generation
        Assert.Equal(3, Ids(entry).Distinct().Count());

        static List<string> Ids(QueueEntry entry) => [.. AlertEvents.OfAnswer(entry, Told.Answer(), [All]).Select(a => a.Alert.Id)];
    }

    [Theory]
    [InlineData("auc", 0.91, 0.9, true)]
    [InlineData("auc", 0.9, 0.9, true)]
    [InlineData("auc", 0.89, 0.9, false)]
    [InlineData("rmse", 12.0, 10.0, false)]
    [InlineData("rmse", 9.0, 10.0, true)]
    [InlineData("unheard-of", 9.0, 10.0, false)]
    public void OfAnswer_Threshold_IsPastAsTheMetricIsBetter(string metric, double score, double past, bool told)
        => Assert.Equal(told, AlertEvents.OfAnswer(Told.Done(), Told.Answer(score, metric), [All with { Past = past }]).Any(a => a.Alert.Event == "metric"));

    [Theory]
    [InlineData("minimize", 9.0, true)]
    [InlineData("maximize", 9.0, false)]
    public void OfAnswer_AProgramsScore_GoesByItsPlan(string direction, double score, bool told)
    {
        var entry = Told.Done() with { Plan = $$"""{"trainer":"command","run":"x {a}","metric":{"name":"cost","direction":"{{direction}}"},"space":{"a":{"low":0,"high":1} } }""" };
        Assert.Equal(told, AlertEvents.OfAnswer(entry, Told.Answer(score, "cost"), [All with { Past = 10 }]).Any(a => a.Alert.Event == "metric"));
    }

    [Fact]
    public void OfAnswer_SeveralChannels_EachGetsWhatItAskedFor()
    {
        var other = Told.Channel(AlertCarrier.Command, "say", AlertEvent.Metric) with { Past = 0.9, Metric = "auc" };
        var higher = Told.Channel(AlertCarrier.Command, "shout", AlertEvent.Metric) with { Past = 0.905 };
        var wrong = Told.Channel(AlertCarrier.Command, "sing", AlertEvent.Metric) with { Past = 0.1, Metric = "rmse" };
        var unset = Told.Channel(AlertCarrier.Webhook, "http://x/", AlertEvent.Metric, AlertEvent.Failed);
        var alerts = AlertEvents.OfAnswer(Told.Done(), Told.Answer(), [All, other, higher, wrong, unset]);
        Assert.Equal(4, alerts.Count);
        Assert.Equal([AlertChannelName.Of(other), AlertChannelName.Of(All)], alerts[0].Channels);
        Assert.Equal([AlertChannelName.Of(higher)], alerts[1].Channels);
        Assert.NotEqual(alerts[0].Alert.Id, alerts[1].Alert.Id);
        Assert.Equal([AlertChannelName.Of(All)], alerts[3].Channels);
        Assert.Empty(Assert.Single(AlertEvents.OfAnswer(Told.Done(), Told.Answer(null), [unset])).Channels); // the record that it was looked at
    }

    [Fact]
    public void OfFailure_TriedAgainAndFailedAgain_IsAnother()
    {
        var failed = Told.Done() with { State = QueueState.Failed, Reason = "failed 3 times, the last time: no memory" };
        var first = AlertEvents.OfFailure(failed, 5, [All]);
        Assert.Equal(("failed", $"churn ü failed: {failed.Reason}"), (first.Alert.Event, first.Alert.Value("text").GetString()));
        Assert.Equal(first.Alert.Id, AlertEvents.OfFailure(failed with { Version = 8, Updated = failed.Updated.AddDays(1) }, 5, [All]).Alert.Id);
        Assert.NotEqual(first.Alert.Id, AlertEvents.OfFailure(failed, 6, [All]).Alert.Id);
        Assert.NotEqual(first.Alert.Id, AlertEvents.OfFailure(failed with { DataDigest = "d2" }, 5, [All]).Alert.Id);
    }

    [Fact]
    public void OfFailure_DeadlinePassed_IsAMissedWindow()
    {
        var missed = AlertEvents.OfFailure(Told.Done() with { State = QueueState.Failed, Deadline = Told.Done().Added, Reason = "its deadline, 2026-01-05 07:00, had passed before it was done" }, 0, [All]);
        Assert.Equal(("window_missed", "2026-01-05T07:00:00.0000000Z"), (missed.Alert.Event, missed.Alert.Value("deadline").GetString()));
        Assert.Empty(AlertEvents.OfFailure(Told.Done() with { State = QueueState.Failed, Reason = "no" }, 0, [All with { On = [AlertEvent.WindowMissed] }]).Channels);
    }

    [Fact]
    public void Name_OfAChannel_ShowsNoSecretAndTellsTargetsApart()
    {
        var name = AlertChannelName.Of(Told.Channel(AlertCarrier.Webhook, "https://me:pass@hooks.example.com:8443/services/T0/secret?key=k"));
        Assert.Matches("^webhook hooks\\.example\\.com:8443 [0-9a-f]{8}$", name);
        Assert.NotEqual(name, AlertChannelName.Of(Told.Channel(AlertCarrier.Webhook, "https://me:pass@hooks.example.com:8443/services/T1/secret?key=k")));
        Assert.Matches("^command notify\\.sh ", AlertChannelName.Of(Told.Channel(AlertCarrier.Command, "'/my bin/notify.sh' --token secret")));
    }

    [Theory]
    [InlineData(1, null, 5)]
    [InlineData(2, null, 20)]
    [InlineData(4, null, 320)]
    [InlineData(6, null, 3600)]
    [InlineData(60, null, 3600)]
    [InlineData(1, 90, 90)]
    [InlineData(3, 1, 80)]
    [InlineData(1, 999_999, 3600)]
    public void BackOff_After_GrowsToAnHour(int attempt, int? asked, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), BackOff.After(attempt, asked is { } s ? TimeSpan.FromSeconds(s) : null));
}
