using System.Diagnostics.CodeAnalysis;
using Quartz;

namespace TuneLab.Scheduling.Windows;

/// <summary>Reads cron expressions: five fields (minutes, hours, day of month, month, day of week) as crontab has them, six or seven (seconds first, a year last) as Quartz has them, or a macro like <c>@daily</c>.</summary>
public static class CronText
{
    /// <summary>What is allowed, in words that follow "allowed is".</summary>
    public const string Allowed = "a cron expression like \"0 22 * * mon-fri\" (minutes, hours, day of month, month, day of week)";

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="zone">Whose clock it goes by.</param>
    /// <param name="cron">The expression.</param>
    /// <param name="fault">What is wrong, as a sentence without its subject.</param>
    public static bool TryParse(string text, TimeZoneInfo zone, [NotNullWhen(true)] out CronExpression? cron, [NotNullWhen(false)] out string? fault)
    {
        cron = null;
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields is not (5 or 6 or 7) && !text.TrimStart().StartsWith('@'))
        {
            fault = $"has {fields} field{(fields == 1 ? "" : "s")}; allowed is {Allowed}";
            return false;
        }

        try
        {
            cron = CronExpression.Parse(text.Trim(), fields == 5 ? CronFormat.Unix : CronFormat.Quartz).WithTimeZone(zone);
            fault = null;
            return true;
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            fault = $"is no cron expression: {error.Message.TrimEnd('.')}; allowed is {Allowed}";
            return false;
        }
    }
}
