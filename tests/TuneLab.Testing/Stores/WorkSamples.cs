using System.Globalization;
using TuneLab.Storage.Work;

namespace TuneLab.Testing.Stores;

/// <summary>Records of waiting work, told apart by a number.</summary>
public static class WorkSamples
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 7, 30, 0, 123, TimeSpan.Zero);

    /// <summary>An entry with a value in every field that the caller of <see cref="IWorkStore.AddEntries"/> gives, but for the experiment.</summary>
    public static QueueEntry Entry(int number) => new()
    {
        Name = "churn " + number.ToString(CultureInfo.InvariantCulture),
        Plan = "{\"seed\":" + number.ToString(CultureInfo.InvariantCulture) + "}",
        File = "/home/ä ü/churn.yaml",
        DataDigest = StoreSamples.Hash("data " + number.ToString(CultureInfo.InvariantCulture)),
        Priority = number % 3,
        After = [number, 1 + (long)int.MaxValue],
        Window = "night or idle",
        NotBefore = Monday.AddTicks(number),
        Deadline = Monday.AddDays(1 + number).ToOffset(TimeSpan.FromHours(5.5)),
        Repeat = "night",
        State = QueueState.Held,
        Reason = "« später »",
    };

    /// <summary>An entry with nothing that may be left out.</summary>
    public static QueueEntry Bare(string name) => new() { Name = name, Plan = "{}", File = "/churn.yaml", DataDigest = "" };

    /// <summary>A slice that has ended.</summary>
    public static Slice Slice(int number) => new()
    {
        Entry = number,
        Worker = "w-" + number.ToString(CultureInfo.InvariantCulture),
        Began = Monday.AddMinutes(number),
        Ended = Monday.AddMinutes(number + 1).AddTicks(1),
        ActiveSeconds = 1.0 / (3 + number),
        Outcome = SliceOutcome.Paused,
        Reason = "somebody is at the keyboard",
    };

    /// <summary>A worker.</summary>
    public static WorkerRecord Worker(int number) => new()
    {
        Id = "w" + number.ToString(CultureInfo.InvariantCulture),
        Process = 4000 + number,
        Machine = "häuschen",
        State = "running",
        Reason = "churn",
        Began = Monday.AddMinutes(-number),
        Seen = Monday.AddTicks(number),
    };

    /// <summary>A backlog item with a value in every field.</summary>
    public static BacklogItem Item(int number) => new()
    {
        Question = "Wäre « ohne 家 » besser? " + number.ToString(CultureInfo.InvariantCulture),
        Kind = BacklogKind.Assumption,
        Hypothesis = "It is not.",
        Expect = "{ beats: default, by: 0.01 }",
        Impact = 5,
        Effort = 1,
        Setup = "as last week\nbut with more rows",
        State = BacklogState.Started,
        Reason = "because",
        File = "/home/ä ü/churn.yaml",
    };

    /// <summary>An alert about nothing that the store would have to know; a higher number is a later one.</summary>
    public static Alert Alert(int number) => new(number.ToString(CultureInfo.InvariantCulture), "finished", null, null, "{\"id\":\"ü\"}", Monday.AddTicks(number));
}
