using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Queue;

/// <summary>When and in which turn an entry is to run, as far as somebody says; null: as it was.</summary>
public sealed record QueueTerms
{
    /// <summary>See <see cref="QueueEntry.Priority"/>.</summary>
    public int? Priority { get; init; }

    /// <summary>See <see cref="QueueEntry.After"/>.</summary>
    public IReadOnlyList<long>? After { get; init; }

    /// <summary>See <see cref="QueueEntry.Window"/>. <value>That of <see cref="Repeat"/>.</value></summary>
    public string? Window { get; init; }

    /// <summary>See <see cref="QueueEntry.NotBefore"/>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>See <see cref="QueueEntry.Deadline"/>.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>See <see cref="QueueEntry.Repeat"/>.</summary>
    public string? Repeat { get; init; }

    /// <summary>The entry on these terms.</summary>
    public QueueEntry Of(QueueEntry entry) => entry with
    {
        Priority = Priority ?? entry.Priority,
        After = After ?? entry.After,
        Window = Window ?? Repeat ?? entry.Window,
        NotBefore = NotBefore ?? entry.NotBefore,
        Deadline = Deadline ?? entry.Deadline,
        Repeat = Repeat ?? entry.Repeat,
        Reason = QueueWords.HasFailed(entry) && ((NotBefore ?? entry.NotBefore) != entry.NotBefore || (Deadline ?? entry.Deadline) != entry.Deadline) ? "" : entry.Reason, // that was another time
    };

    /// <summary>What of an entry they change: the option's name and its value in words.</summary>
    /// <param name="entry">As it is.</param>
    /// <param name="words">An instant for people.</param>
    public IReadOnlyList<(string Option, string Value)> Changes(QueueEntry entry, Func<DateTimeOffset, string> words)
    {
        var then = Of(entry);
        var changes = new List<(string, string)>();
        Add("priority", then.Priority != entry.Priority, () => then.Priority.ToString(CultureInfo.InvariantCulture));
        Add("after", !then.After.SequenceEqual(entry.After), () => string.Join(" and ", then.After.Select(id => id.ToString(CultureInfo.InvariantCulture))));
        Add("window", then.Window != entry.Window, () => then.Window!);
        Add("not-before", then.NotBefore != entry.NotBefore, () => words(then.NotBefore!.Value));
        Add("deadline", then.Deadline != entry.Deadline, () => words(then.Deadline!.Value));
        Add("repeat", then.Repeat != entry.Repeat, () => then.Repeat!);
        return changes;

        void Add(string option, bool differs, Func<string> value)
        {
            if (differs)
            {
                changes.Add((option, value()));
            }
        }
    }
}
