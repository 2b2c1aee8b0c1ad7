using System.Diagnostics.CodeAnalysis;
using TuneLab.Errors;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Windows;

namespace TuneLab.Scheduling.Permits;

/// <summary>
/// Reads when work may run: the name of a window, <c>idle</c>, <c>always</c> (or <c>now</c>), times like <c>22:00-07:00</c> or <c>sat 08:00-20:00</c>. <c>night,idle</c>: either; <c>night+idle</c>: both
/// (<c>+</c> binds more than <c>,</c>).
/// </summary>
public static class WhenText
{
    /// <summary>What is allowed, in words that follow "allowed is".</summary>
    public const string Allowed = "a window's name, idle, always, or times like 22:00-07:00; night,idle is either, night+idle both";

    /// <summary>Another word for <see cref="BuiltInWindows.Always"/>.</summary>
    public const string Now = "now";

    /// <summary>Reads a rule.</summary>
    /// <param name="text">The text.</param>
    /// <param name="settings">Its windows, and whose clock times go by.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="fault">What is wrong, as sentences.</param>
    public static bool TryParse(string text, WorkerSettings settings, [NotNullWhen(true)] out WhenRule? rule, [NotNullWhen(false)] out string? fault)
    {
        var terms = new List<WhenTerm>();
        var faults = new List<string>();
        foreach (var way in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var windows = new List<WorkWindow>();
            var idle = false;
            foreach (var part in way.Split('+', StringSplitOptions.TrimEntries))
            {
                if (part == BuiltInWindows.Idle)
                {
                    idle = true;
                }
                else if (Window(part, settings, out var wrong) is { } window)
                {
                    windows.Add(window);
                }
                else
                {
                    faults.Add(wrong!);
                }
            }

            terms.Add(new WhenTerm(way, new WindowsTogether(windows), idle));
        }

        fault = faults.Count == 0 ? null : string.Join(" ", faults.Distinct());
        rule = fault is null ? new WhenRule(text, terms) : null;
        return fault is null;
    }

    private static WorkWindow? Window(string part, WorkerSettings settings, out string? fault)
    {
        fault = null;
        if (part.Length == 0)
        {
            fault = $"A part of it is empty; allowed is {Allowed}.";
            return null;
        }

        if (settings.Windows.GetValueOrDefault(part == Now ? BuiltInWindows.Always : part) is { } named)
        {
            return named;
        }

        if (!WeekSpanText.LooksLikeOne(part))
        {
            IReadOnlyList<string> known = [.. settings.Windows.Keys.Append(BuiltInWindows.Idle).Order(StringComparer.Ordinal)];
            fault = $"There is no window '{part}'; {Nearest.Hint(part, known, "windows")}";
            return null;
        }

        if (WeekSpanText.TryParse(part, null, out var span, out var wrong))
        {
            return new WorkWindow(new WindowPlan { Name = part, Times = [span], Zone = settings.Zone });
        }

        fault = $"'{part}' {wrong}.";
        return null;
    }
}
