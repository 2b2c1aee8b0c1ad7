using System.Text.Json;
using TuneLab.Experiments;
using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Tests.Alerts;

/// <summary>Entries, answers and channels to tell of and through.</summary>
internal static class Told
{
    /// <summary>What a run found.</summary>
    public static SliceAnswer Answer(double? score = 0.91, string metric = "auc") => new("supported", "The winner is better by 0.02 AUC.", metric, score, "boosting");

    /// <summary>An entry of a queue that has its answer.</summary>
    public static QueueEntry Done(int id = 1) => new()
    {
        Id = id,
        Version = 3,
        Name = "churn ü",
        Plan = """{"data":{"file":"/x.csv","label":"y"}}""",
        File = "/home/churn.yaml",
        DataDigest = "d1",
        State = QueueState.Done,
        Reason = Answer().Sentence,
        Added = new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero),
        Updated = new DateTimeOffset(2026, 1, 5, 7, 30, 0, TimeSpan.Zero),
    };

    /// <summary>How it ended.</summary>
    public static SliceEnded End(SliceAnswer answer) => new(SliceEnd.Answered, answer.Sentence, 1) { Answer = answer };

    /// <summary>A channel.</summary>
    public static AlertChannel Channel(AlertCarrier carrier, string target, params AlertEvent[] on) => new() { Carrier = carrier, Target = target, On = on.Length == 0 ? Enum.GetValues<AlertEvent>() : on };

    /// <summary>An alert of its own.</summary>
    public static Alert Alert(int number) => AlertEvents.OfAnswer(Done(number), Answer(), [])[^1].Alert;

    /// <summary>A value of an alert's body.</summary>
    public static JsonElement Value(this Alert alert, string name)
    {
        using var json = JsonDocument.Parse(alert.Body);
        return json.RootElement.GetProperty(name).Clone();
    }
}
