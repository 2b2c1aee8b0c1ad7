namespace TuneLab.Scheduling.Windows;

/// <summary>One of the rules that open a window. Immutable in what it says; any thread.</summary>
internal interface IWindowPart
{
    /// <summary>Whether it holds the window open.</summary>
    /// <param name="at">An instant in whole milliseconds.</param>
    bool Covers(DateTimeOffset at);

    /// <summary>Every instant of a date at which <see cref="Covers"/> may change for another reason than that the clock is put forward or back; more do no harm.</summary>
    IEnumerable<DateTimeOffset> EdgesOn(DateOnly date);
}
