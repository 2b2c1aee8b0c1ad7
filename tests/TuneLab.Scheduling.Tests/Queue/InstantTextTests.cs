using TuneLab.Scheduling.Queue;

namespace TuneLab.Scheduling.Tests.Queue;

public sealed class InstantTextTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset Noon = new(2026, 3, 28, 11, 0, 0, TimeSpan.Zero); // 12:00 there, the day before summer time begins

    [Theory]
    [InlineData("13:30", "2026-03-28T13:30:00+01:00")]
    [InlineData("7:30", "2026-03-29T07:30:00+02:00")]
    [InlineData("12:00", "2026-03-29T12:00:00+02:00")] // now is not the next one
    [InlineData("02:30", "2026-03-29T03:30:00+02:00")] // left out that night
    [InlineData("2026-10-25 02:30", "2026-10-25T02:30:00+02:00")] // comes twice
    [InlineData("2026-12-24", "2026-12-24T00:00:00+01:00")]
    [InlineData("2026-12-24T18:00", "2026-12-24T18:00:00+01:00")]
    [InlineData("2026-12-24T18:00:00Z", "2026-12-24T18:00:00+00:00")]
    [InlineData("+2h", "2026-03-28T13:00:00+00:00")]
    [InlineData("+1.5d", "2026-03-29T23:00:00+00:00")]
    [InlineData("+90s", "2026-03-28T11:01:30+00:00")]
    public void Parse_AnInstant_IsThatOne(string text, string instant)
        => Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), InstantText.Parse(text, Noon, Berlin));

    [Theory]
    [InlineData("")]
    [InlineData("24:30")]
    [InlineData("tomorrow")]
    [InlineData("+2")]
    [InlineData("+h")]
    [InlineData("+99999999d")]
    [InlineData("2026-02-30")]
    [InlineData("7")]
    public void Parse_NoInstant_IsNull(string text) => Assert.Null(InstantText.Parse(text, Noon, Berlin));
}
