using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Files.Shapes;
using TuneLab.Scheduling.Windows;

namespace TuneLab.Scheduling.Settings.Sections;

/// <summary>A window in the words of the file.</summary>
internal sealed record WrittenWindow
{
    public IReadOnlyList<string> Times { get; init; } = [];

    public IReadOnlyList<string>? Days { get; init; }

    public string? Cron { get; init; }

    public TimeSpan? For { get; init; }

    public IReadOnlyList<string> Closed { get; init; } = [];

    public IReadOnlyList<string> Open { get; init; } = [];

    public HolidayRule Holidays { get; init; }

    public TimeZoneInfo? Zone { get; init; }

    /// <summary>The window that it means; its texts have been checked.</summary>
    public WindowPlan Plan(string name, TimeZoneInfo zone, IReadOnlyList<DateSpan> holidays)
    {
        var days = Days?.SelectMany(d => WeekSpanText.TryDays(d, out var named) ? named : []).Distinct().ToList();
        return new WindowPlan
        {
            Name = name,
            Times = [.. Times.Select(t => WeekSpanText.TryParse(t, days, out var span, out _) ? span : null).OfType<WeekSpan>()],
            Cron = Cron,
            For = For,
            Closed = DateShapes.Spans(Closed),
            Open = DateShapes.Spans(Open),
            OnHolidays = Holidays,
            Holidays = holidays,
            Zone = Zone ?? zone,
        };
    }
}

/// <summary>Dates, as they are written.</summary>
internal static class DateShapes
{
    public static SaidShape Date { get; } = new(DateSpan.Allowed, DateSpan.Pattern, t => DateSpan.TryParse(t, out _, out var fault) ? null : fault);

    public static ListShape<string> List { get; } = new(Date, "dates", single: true);

    public static IReadOnlyList<DateSpan> Spans(IEnumerable<string> texts) => [.. texts.Select(t => DateSpan.TryParse(t, out var span, out _) ? span : null).OfType<DateSpan>()];
}

/// <summary>A window: times, a list of them, or a section.</summary>
internal sealed class WindowShape : Shape<WrittenWindow>
{
    private static readonly ListShape<string> Times = new(new SaidShape(WeekSpanText.Allowed, WeekSpanText.Pattern, t => WeekSpanText.TryParse(t, null, out _, out var fault) ? null : fault), "times", single: true);

    private readonly WindowSection _section = new(Times);

    public override string Allowed => WeekSpanText.Allowed + ", a list of them, or " + _section.Allowed;

    public override bool TryRead(FileNode node, ReadContext context, [MaybeNullWhen(false)] out WrittenWindow value)
    {
        if (node is MapNode)
        {
            return _section.TryRead(node, context, out value);
        }

        if (node is ListNode { Items.Count: 0 })
        {
            context.Faults.Add(node, $"'{node.Path}' is an empty list; a window needs times, like 22:00-07:00.");
            value = null;
            return false;
        }

        var read = Times.TryRead(node, context, out var times);
        value = new WrittenWindow { Times = times ?? [] };
        return read;
    }

    public override void Write(Utf8JsonWriter writer, WrittenWindow value) => _section.Write(writer, value);

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray([.. Times.Schema()["anyOf"]!.AsArray().Select(f => f!.DeepClone()), _section.Schema()]) };

    private sealed class WindowSection : SectionShape<WrittenWindow>
    {
        private readonly Key<IReadOnlyList<string>> _times;
        private readonly Key<IReadOnlyList<string>> _days;
        private readonly Key<string> _cron;
        private readonly Key<TimeSpan> _for;
        private readonly Key<IReadOnlyList<string>> _closed;
        private readonly Key<IReadOnlyList<string>> _open;
        private readonly Key<HolidayRule> _holidays;
        private readonly Key<TimeZoneInfo> _zone;

        public WindowSection(ListShape<string> times)
        {
            _times = Optional("times", times, "When it is open: 22:00-07:00 (over midnight), mon-fri 12:00-13:00, fri 18:00-mon 07:00, or a list of these.");
            _days = Optional("days", new ListShape<string>(new SaidShape("a day like mon, or days like mon-fri", "^[A-Za-z]+(\\s*-\\s*[A-Za-z]+)?$", t => WeekSpanText.TryDays(t, out _) ? null : "is no day; days are mon, tue, wed, thu, fri, sat and sun"), "days", single: true),
                "The days on which 'times' begin; a night belongs to the day of its evening. Left out: every day.");
            _cron = Optional("cron", new SaidShape(CronText.Allowed, null, t => CronText.TryParse(t, TimeZoneInfo.Utc, out _, out var fault) ? null : fault),
                "A cron expression: five fields, or Quartz's six or seven with seconds. With 'for' it says when the window opens, else every minute in which it is open.");
            _for = Optional("for", new DurationShape(), "How long the window is open after each opening of 'cron', up to 7d.");
            _closed = Optional("closed", DateShapes.List, "Dates on which it is closed from midnight to midnight: 2026-12-24, 12-25 of every year, 2026-12-24..2027-01-01.");
            _open = Optional("open", DateShapes.List, "Dates on which it is open from midnight to midnight.");
            _holidays = Default("holidays", new NameShape<HolidayRule>([new("ignore", HolidayRule.Ignore), new("closed", HolidayRule.Closed), new("open", HolidayRule.Open)]), HolidayRule.Ignore, "What it does on the days of the file's 'holidays': nothing special, closed all day, open all day. Its own 'closed' and 'open' go before.");
            _zone = Optional("time_zone", new TimeZoneShape(), "Whose clock it goes by. Left out: the file's.");
        }

        protected override WrittenWindow Build(SectionReader section)
        {
            var written = new WrittenWindow
            {
                Times = section.Get(_times) ?? [],
                Days = section.Get(_days),
                Cron = section.Get(_cron),
                For = section.Maybe(_for),
                Closed = section.Get(_closed) ?? [],
                Open = section.Get(_open) ?? [],
                Holidays = section.Get(_holidays),
                Zone = section.Get(_zone),
            };
            var path = section.Node.Path;
            if (!section.Has(_times) && !section.Has(_cron) && !section.Has(_open) && written.Holidays != HolidayRule.Open)
            {
                section.Faults.Add(section.Node, $"'{path}' is empty: a window needs 'times', 'cron' or 'open'.");
            }

            if (section.Has(_times) && written.Times.Count == 0 && section.NodeOf(_times) is ListNode { Items.Count: 0 })
            {
                section.Faults.Add(section.NodeOf(_times), $"'{path}.times' is an empty list; write a time like 22:00-07:00, or leave it out.");
            }

            CheckDays(section, written, path);
            CheckCron(section, written, path);
            CheckDates(section, path);
            return written;
        }

        protected override void Put(SectionWriter section, WrittenWindow value)
        {
            section.Put(_times, value.Times.Count == 0 ? null : value.Times);
            section.Put(_days, value.Days);
            section.Put(_cron, value.Cron);
            section.Put(_for, value.For);
            section.Put(_closed, value.Closed.Count == 0 ? null : value.Closed);
            section.Put(_open, value.Open.Count == 0 ? null : value.Open);
            section.Put(_holidays, value.Holidays);
            section.Put(_zone, value.Zone);
        }

        private void CheckDays(SectionReader section, WrittenWindow written, string path)
        {
            if (!section.Has(_days))
            {
                return;
            }

            if (!section.Has(_times))
            {
                section.Faults.Add(section.NodeOf(_days), $"'{path}.days' is for 'times', which is not there.");
            }

            if (written.Days is { Count: 0 } && section.NodeOf(_days) is ListNode { Items.Count: 0 })
            {
                section.Faults.Add(section.NodeOf(_days), $"'{path}.days' is an empty list: the window would never open.");
            }

            foreach (var time in written.Times)
            {
                if (WeekSpanText.TryParse(time, null, out _, out _) && !WeekSpanText.TryParse(time, [], out _, out var fault))
                {
                    section.Faults.Add(section.NodeOf(_times), $"'{path}.times' is '{time}', which {fault}.");
                }
            }
        }

        private void CheckCron(SectionReader section, WrittenWindow written, string path)
        {
            if (section.Has(_for) && !section.Has(_cron))
            {
                section.Faults.Add(section.NodeOf(_for), $"'{path}.for' says how long 'cron' opens the window, and there is no 'cron'.");
            }

            if (written.For > TimeSpan.FromDays(7))
            {
                section.Faults.AddWrong(section.NodeOf(_for), "a duration up to 7d");
            }

            if (written.Cron is { } cron && !section.Has(_for) && CronText.TryParse(cron, TimeZoneInfo.Utc, out var parsed, out _) && WorkWindow.CronMinutes(parsed) is null)
            {
                section.Faults.Add(section.NodeOf(_cron), $"'{path}.cron' is '{cron}', which names seconds, and without 'for' it says in which minutes the window is open; write it with five fields, or add 'for'.");
            }
        }

        private void CheckDates(SectionReader section, string path)
        {
            var closed = DateShapes.Spans(section.Get(_closed) ?? []);
            var open = DateShapes.Spans(section.Get(_open) ?? []);
            foreach (var yearly in new[] { true, false })
            {
                var both = closed.Where(s => s.Yearly == yearly).SelectMany(s => s.Days()).Intersect(open.Where(s => s.Yearly == yearly).SelectMany(s => s.Days())).ToList();
                if (both.Count > 0)
                {
                    section.Faults.Add(section.NodeOf(_open), $"'{path}' is both closed and open on {new DateSpan(both[0], both[0], yearly)}; take it out of one of them.");
                }
            }
        }
    }
}
