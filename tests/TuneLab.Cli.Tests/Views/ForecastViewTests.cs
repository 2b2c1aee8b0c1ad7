using TuneLab.Cli.Output;
using TuneLab.Experiments.Forecasting;

namespace TuneLab.Cli.Tests.Views;

public sealed class ForecastViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 7, 10, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData(0.84, "0.8 s")]
    [InlineData(42.4, "42 s")]
    [InlineData(240, "4 min")]
    [InlineData(3599, "1 h")]
    [InlineData(7790, "2 h 10 min")]
    [InlineData(7200, "2 h")]
    [InlineData(97200, "1 d 3 h")]
    public void Span_Seconds_ReadsLikeAnEstimate(double seconds, string words) => Assert.Equal(words, Words.Span(seconds));

    [Fact]
    public void Moment_AnotherDay_HasItsDate()
    {
        Assert.Equal("09:20", Words.Moment(new DateTimeOffset(2026, 11, 29, 7, 20, 0, TimeSpan.Zero), Now));
        Assert.Equal("2026-11-30 01:00", Words.Moment(new DateTimeOffset(2026, 11, 29, 23, 0, 0, TimeSpan.Zero), Now));
    }

    [Fact]
    public void WriteLeft_OfAStoppedExperiment_SaysHowLongUntilWhenAndWhatFor()
    {
        var forecast = new Forecast(new SecondsLeft(7800, 5400, 10800), null, Now.AddSeconds(7800), [new("refine", 20, new(3600, 1, 2)), new("confirm", 12, new(4000, 1, 2)), new("end", 0, new(200, 1, 2))], 2);
        Assert.Equal(
            "Left: about 2 h 10 min (1 h 30 min to 3 h); would end about 09:20 if it went on now\n  refine 1 h (20 trials), confirm 1 h 5 min (12 trials), end 3 min\n",
            Text(forecast, running: false));
        Assert.StartsWith("Left: about 2 h 10 min (1 h 30 min to 3 h); ends about 09:20\n", Text(forecast, running: true), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteLeft_WithWindows_SaysHowMuchOfOneItNeedsAndWhenTheseLetItEnd()
    {
        var forecast = new Forecast(new SecondsLeft(7800, 7800, 7800), null, Now.AddHours(20), [], 2);
        Assert.Equal("Left: about 2 h 10 min; would end about 2026-11-30 03:10 in window night\n  In the background it needs about 2 h 10 min, 24 % of window night.\n", Text(new Outlook(forecast, "night", TimeSpan.FromHours(9), true, null), running: false));
        Assert.Equal("Left: about 2 h 10 min; ends about 2026-11-30 03:10 in window night\n", Text(new Outlook(forecast, "night", TimeSpan.FromHours(9), true, null), running: true));
        Assert.StartsWith("Left: about 2 h 10 min; would end about 2026-11-30 03:10, its deadline, which cuts it\n", Text(new Outlook(forecast, "night", TimeSpan.FromHours(9), true, Now), running: false), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteLeft_NothingKnown_SaysWhy()
        => Assert.Equal("Left: can't be said yet, because 3 of the first 5 trials have ended\n", Text(new Forecast(null, "3 of the first 5 trials have ended", null, [], double.NaN), running: true));

    [Theory]
    [InlineData(7200, 24000, "needs about 2 h, 30 % of window night")]
    [InlineData(60, 24000, "needs about 60 s, under 1 % of window night")]
    [InlineData(24000, 24000, "needs about 6 h 40 min, 100 % of window night")]
    [InlineData(60000, 24000, "needs about 16 h 40 min, 2.5 times window night")]
    [InlineData(7200, 0, "needs about 2 h")]
    public void Need_OfAWindow_SaysTheTimeAndThePart(double seconds, double length, string words)
        => Assert.Equal(words, ForecastView.Need(new Forecast(new SecondsLeft(seconds, seconds / 2, seconds * 2), null, Now, [], 2), "night", TimeSpan.FromSeconds(length)));

    [Fact]
    public void Need_NothingKnown_SaysWhy()
        => Assert.Equal("what it needs can't be said yet, because 0 of the first 5 trials have ended", ForecastView.Need(ExperimentForecast.NotBegun("""{"data":{"file":"a.csv","label":"y"},"metric":"auc","budget":{"trials":30}}""", TimeProvider.System), "night", TimeSpan.FromHours(8)));

    private static string Text(Forecast forecast, bool running) => Text(new Outlook(forecast, "always", null, false, null), running);

    private static string Text(Outlook outlook, bool running)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ForecastView.WriteLeft(outlook, Now, running, output);
        return output.ToString();
    }
}
