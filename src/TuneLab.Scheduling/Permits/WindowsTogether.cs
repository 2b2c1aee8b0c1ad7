using TuneLab.Scheduling.Windows;

namespace TuneLab.Scheduling.Permits;

/// <summary>The times at which several windows are open together; of none, always. Immutable in what it says; any thread.</summary>
internal sealed class WindowsTogether(IReadOnlyList<WorkWindow> windows)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    private sealed record Span(DateTimeOffset From, DateTimeOffset? To, bool Open)
    {
        public bool Has(DateTimeOffset at) => From <= at && at < (To ?? From + Fresh);
    }

    // the last answer: nearly all questions are about the same span, and a clock that is set back only asks anew
    private volatile Span? _last;

    public IReadOnlyList<WorkWindow> Windows => windows;

    public bool IsAlways => windows.All(w => w.IsAlways);

    public bool IsOpen(DateTimeOffset at) => At(at).Open;

    /// <summary>The first instant after <paramref name="at"/> at which the state is another one; null where there is none as far as windows look.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset at) => At(at).To;

    private Span At(DateTimeOffset at)
    {
        if (_last is { } last && last.Has(at))
        {
            return last;
        }

        var open = windows.All(w => w.IsOpen(at));
        return _last = new Span(at, IsAlways ? null : Change(at, open), open);
    }

    private DateTimeOffset? Change(DateTimeOffset at, bool open)
    {
        var edges = windows.Select(w => Edge(w, at)).ToArray();
        var until = at + WorkWindow.OpeningHorizon;
        while (edges.Min() is { } next && next <= until)
        {
            if (windows.All(w => w.IsOpen(next)) != open)
            {
                return next;
            }

            for (var i = 0; i < edges.Length; i++)
            {
                edges[i] = edges[i] <= next ? Edge(windows[i], next) : edges[i];
            }
        }

        return null;
    }

    private static DateTimeOffset? Edge(WorkWindow window, DateTimeOffset at) => window.IsOpen(at) ? window.NextClosing(at) : window.NextOpening(at);
}
