using System.Text.Json;
using TuneLab.Experiments.Forecasting;

namespace TuneLab.Cli.Output;

/// <summary>How a forecast is told.</summary>
internal static class ForecastView
{
    /// <summary><c>about 2 h 10 min (1 h 30 min to 3 h)</c>; without the brackets where there is nothing between them.</summary>
    public static string Span(SecondsLeft left)
    {
        var (low, high) = (Words.Span(left.Low), Words.Span(left.High));
        return "about " + Words.Span(left.Median) + (low == high ? "" : $" ({low} to {high})");
    }

    /// <summary><c>needs about 2 h, 30 % of window night</c>, <c>needs about 20 h, 2.5 times window night</c>; or why that can't be said yet.</summary>
    /// <param name="forecast">What is left of the experiment, or all of it.</param>
    /// <param name="window">The window's name.</param>
    /// <param name="length">How long it is open at a time; null: always, or it never is: only the time is told.</param>
    public static string Need(Forecast forecast, string window, TimeSpan? length)
    {
        if (forecast.Left is not { } left)
        {
            return "what it needs can't be said yet, because " + forecast.NotYet;
        }

        var time = "needs about " + Words.Span(left.Median);
        return length is not { } open || open <= TimeSpan.Zero ? time : $"{time}, {Part(WindowNeed.Of(left, open).Median)} window {window}";
    }

    private static string Part(double need) => need switch
    {
        < 0.01 => "under 1 % of",
        <= 1 => (need * 100).ToString("0", CultureInfo.InvariantCulture) + " % of",
        _ => need.ToString(need < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " times",
    };

    /// <summary><c>Left: about 4 min (3 min to 6 min); ends 09:20 if it goes on now</c>, what takes it, and how much of a window it needs; or why that can't be said yet.</summary>
    public static void WriteLeft(Outlook outlook, DateTimeOffset now, bool running, TextWriter output)
    {
        var forecast = outlook.Forecast;
        if (forecast is not { Left: { } left, Ends: { } ends })
        {
            output.WriteLine("Left: can't be said yet, because " + forecast.NotYet);
            return;
        }

        output.WriteLine($"Left: {Span(left)}; {(running ? "ends about" : "would end about")} {Words.Moment(ends, now)}{End(outlook, running)}");
        if (forecast.Parts.Count > 0)
        {
            output.WriteLine("  " + string.Join(", ", forecast.Parts.Select(p => $"{p.Stage} {Words.Span(p.Seconds.Median)}{(p.Trials > 0 ? $" ({Words.Count(p.Trials, "trial")})" : "")}")));
        }

        if (!running && outlook.Length is not null)
        {
            output.WriteLine($"  In the background it {Need(forecast, outlook.Window, outlook.Length)}.");
        }
    }

    /// <summary>Writes the property <c>forecast</c>, with <c>window</c> where there is a forecast to make.</summary>
    public static void WriteJson(Outlook? outlook, Utf8JsonWriter json)
        => WriteJson(outlook?.Forecast, json, outlook is null ? null : j => WriteNeed(outlook.Forecast, outlook.Window, outlook.Length, j));

    private static string End(Outlook outlook, bool running)
        => outlook.Cut is not null ? ", its deadline, which cuts it" : outlook.InWindows ? " in window " + outlook.Window : running ? "" : " if it went on now";

    /// <summary>Writes the property <c>window</c>: when a worker would run it, and what part of the next opening it needs.</summary>
    /// <param name="forecast">What is left of the experiment, or all of it; null: there is none to make.</param>
    /// <param name="window">As in <see cref="Need"/>.</param>
    /// <param name="length">As in <see cref="Need"/>.</param>
    /// <param name="json">An object is open.</param>
    public static void WriteNeed(Forecast? forecast, string window, TimeSpan? length, Utf8JsonWriter json)
    {
        WindowNeed? need = forecast?.Left is { } left && length is { } open && open > TimeSpan.Zero ? WindowNeed.Of(left, open) : null;
        json.WriteStartObject("window");
        json.WriteString("when", window);
        json.WriteFinite("seconds", length?.TotalSeconds);
        json.WriteFinite("part", need?.Median);
        json.WriteFinite("low", need?.Low);
        json.WriteFinite("high", need?.High);
        json.WriteEndObject();
    }

    /// <summary>Writes the property <c>forecast</c>.</summary>
    /// <param name="forecast">Null: there is none to make, as of a finished experiment.</param>
    /// <param name="json">An object is open.</param>
    /// <param name="more">Writes what else belongs to it. <value>Null: nothing.</value></param>
    public static void WriteJson(Forecast? forecast, Utf8JsonWriter json, Action<Utf8JsonWriter>? more = null)
    {
        json.WriteStartObject("forecast");
        more?.Invoke(json);
        json.WriteFinite("seconds", forecast?.Left?.Median);
        json.WriteFinite("low", forecast?.Left?.Low);
        json.WriteFinite("high", forecast?.Left?.High);
        json.WriteString("ends", forecast?.Ends?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("not_yet", forecast?.NotYet);
        json.WriteStartArray("parts");
        foreach (var part in forecast?.Parts ?? [])
        {
            json.WriteStartObject();
            json.WriteString("stage", part.Stage);
            json.WriteNumber("trials", part.Trials);
            json.WriteFinite("seconds", part.Seconds.Median);
            json.WriteFinite("low", part.Seconds.Low);
            json.WriteFinite("high", part.Seconds.High);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
