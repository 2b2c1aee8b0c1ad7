namespace TuneLab.Scheduling.Windows;

/// <summary>The windows that are there without any file. <c>idle</c> is one more name, which is no window of time.</summary>
public static class BuiltInWindows
{
    /// <summary>The name of the window that never closes.</summary>
    public const string Always = "always";

    /// <summary>The word for a machine that nobody uses.</summary>
    public const string Idle = "idle";

    private static readonly IReadOnlyList<(string Name, WeekSpan Span)> Spans =
    [
        (Always, WeekSpan.Always),
        ("night", Span("22:00-07:00")),
        ("lunch", Span("mon-fri 12:00-13:00")),
        ("weekend", Span("fri 18:00-mon 07:00")),
    ];

    /// <summary><c>always</c>, <c>night</c> (22:00 to 07:00), <c>lunch</c> (12:00 to 13:00 from Monday to Friday) and <c>weekend</c> (Friday 18:00 to Monday 07:00).</summary>
    /// <param name="zone">Whose clock they go by.</param>
    public static IReadOnlyList<WorkWindow> In(TimeZoneInfo zone)
        => [.. Spans.Select(s => new WorkWindow(new WindowPlan { Name = s.Name, Times = [s.Span], Zone = zone }))];

    private static WeekSpan Span(string text)
        => WeekSpanText.TryParse(text, null, out var span, out var fault) ? span : throw new InvalidOperationException($"'{text}' {fault}.");
}
