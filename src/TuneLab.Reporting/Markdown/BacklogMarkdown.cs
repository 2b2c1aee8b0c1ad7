using TuneLab.Storage.Work;

namespace TuneLab.Reporting.Markdown;

/// <summary>The backlog as Markdown: what is open by impact over effort, then what is done, then what was dropped.</summary>
public static class BacklogMarkdown
{
    /// <summary>Writes all items.</summary>
    /// <param name="items">In any order.</param>
    /// <param name="zone">Whose days are written.</param>
    /// <param name="output">Where to.</param>
    public static void Write(IReadOnlyList<BacklogItem> items, TimeZoneInfo zone, TextWriter output)
    {
        output.WriteLine("# Backlog");
        Chapter("Open", BacklogItem.Ranked(items.Where(i => !i.Ended)), zone, output);
        Chapter("Done", Latest(BacklogState.Done), zone, output);
        Chapter("Dropped", Latest(BacklogState.Dropped), zone, output);
        if (items.Count == 0)
        {
            output.WriteLine();
            output.WriteLine("Nothing is in it yet.");
        }

        IReadOnlyList<BacklogItem> Latest(BacklogState state) => [.. items.Where(i => i.State == state).OrderByDescending(i => i.Updated).ThenBy(i => i.Id)];
    }

    private static void Chapter(string title, IReadOnlyList<BacklogItem> items, TimeZoneInfo zone, TextWriter output)
    {
        if (items.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("## " + title);
        output.WriteLine();
        foreach (var item in items)
        {
            Write(item, zone, output);
        }
    }

    private static void Write(BacklogItem item, TimeZoneInfo zone, TextWriter output)
    {
        var number = item.Id.ToString(CultureInfo.InvariantCulture);
        output.WriteLine($"- **{number}: {MarkdownText.Escape(item.Question)}** ({Words(item, zone)})");
        (string Name, string? Text)[] parts =
        [
            ("believed", item.Hypothesis), ("expected", item.Expect), ("setup", item.Setup), ("file", item.File), (item.State == BacklogState.Dropped ? "why" : "answer", item.Reason),
        ];
        foreach (var (name, text) in parts.Where(p => !string.IsNullOrEmpty(p.Text)))
        {
            output.WriteLine($"  - {name}: {MarkdownText.Escape(text!)}");
        }
    }

    private static string Words(BacklogItem item, TimeZoneInfo zone)
    {
        var kind = item.Kind.ToString().ToLowerInvariant() + (item.State == BacklogState.Started ? ", started" : "");
        return string.Create(CultureInfo.InvariantCulture, $"{kind}, impact {item.Impact}, effort {item.Effort}, since {TimeZoneInfo.ConvertTime(item.Added, zone):yyyy-MM-dd}");
    }
}
