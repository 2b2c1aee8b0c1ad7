using System.Text.Json;
using TuneLab.Cli.Commands;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Output;

/// <summary>The backlog for people and for programs.</summary>
internal static class BacklogView
{
    /// <summary>A line per item.</summary>
    public static void WriteTable(TextWriter output, IReadOnlyList<BacklogItem> items, TimeZoneInfo zone)
    {
        var table = new TextTable(">n", ">impact", ">effort", "kind", "state", "since", "question");
        foreach (var item in items)
        {
            table.Add(
                item.Id.ToString(CultureInfo.InvariantCulture), item.Impact.ToString(CultureInfo.InvariantCulture), item.Effort.ToString(CultureInfo.InvariantCulture), Word(item.Kind), Word(item.State),
                Day(item.Added, zone), item.Question);
        }

        table.Write(output);
    }

    /// <summary>All of an item.</summary>
    public static void WriteText(TextWriter output, BacklogItem item, TimeZoneInfo zone)
    {
        output.WriteLine($"{item.Id}. {item.Question}");
        output.WriteLine($"  {Word(item.Kind)}, {Word(item.State)}, impact {item.Impact}, effort {item.Effort}, since {Day(item.Added, zone)}");
        (string Name, string? Text)[] parts =
        [
            ("believed", item.Hypothesis), ("expected", item.Expect), ("setup", item.Setup?.ReplaceLineEndings("\n         ")), ("file", item.File), (item.State == BacklogState.Dropped ? "why" : "answer", item.Reason),
        ];
        foreach (var (name, text) in parts.Where(p => !string.IsNullOrEmpty(p.Text)))
        {
            output.WriteLine($"  {name}: {text}");
        }
    }

    /// <summary>An object.</summary>
    public static void WriteJson(Utf8JsonWriter json, BacklogItem item)
    {
        json.WriteStartObject();
        json.WriteNumber("id", item.Id);
        json.WriteString("question", item.Question);
        json.WriteString("kind", Word(item.Kind));
        json.WriteString("state", Word(item.State));
        json.WriteNumber("impact", item.Impact);
        json.WriteNumber("effort", item.Effort);
        json.WriteString("hypothesis", item.Hypothesis);
        json.WriteString("expect", item.Expect);
        json.WriteString("setup", item.Setup);
        json.WriteString("reason", item.Reason);
        json.WriteString("file", item.File);
        json.WriteString("added", item.Added.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("updated", item.Updated.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <summary>Says what was done to an item: a line, or the item as JSON.</summary>
    public static void Tell(Invocation call, BacklogItem item, string done)
    {
        if (call.Json)
        {
            call.WriteJson(json => WriteJson(json, item));
        }
        else
        {
            call.Note(done);
        }
    }

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static string Day(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
