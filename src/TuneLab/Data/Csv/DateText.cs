namespace TuneLab.Data.Csv;

/// <summary>Reads days and times from UTF-8. A time of day may follow the day after a blank or T; a zone turns it into UTC.</summary>
internal static class DateText
{
    private const int LongestText = 48;

    private static readonly string[] MonthNameFormats =
    [
        "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "MMMM d, yyyy", "MMM d yyyy", "MMMM d yyyy", "ddd, d MMM yyyy", "d MMM yyyy HH:mm", "d MMM yyyy HH:mm:ss",
        "MMM d, yyyy HH:mm", "MMM d, yyyy HH:mm:ss", "ddd, d MMM yyyy HH:mm:ss", "d-MMM-yyyy HH:mm", "d-MMM-yyyy HH:mm:ss",
    ];

    /// <summary>Whether the text is a date in that order.</summary>
    /// <param name="text">Without surrounding blanks.</param>
    /// <param name="order">The order of its parts.</param>
    /// <param name="ticks"><see cref="DateTime.Ticks"/>.</param>
    /// <param name="swappable">Whether day and month could be swapped and still make a date.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, DateOrder order, out long ticks, out bool swappable)
    {
        (ticks, swappable) = (0, false);
        if (text.Length is < 8 or > LongestText)
        {
            return false;
        }

        return order == DateOrder.MonthName ? TryParseName(text, out ticks) : TryParseNumbers(text, order, out ticks, out swappable);
    }

    private static bool TryParseNumbers(ReadOnlySpan<byte> text, DateOrder order, out long ticks, out bool swappable)
    {
        (ticks, swappable) = (0, false);
        var position = 0;
        if (!TakeNumber(text, ref position, 4, out var first, out var firstDigits) || position >= text.Length)
        {
            return false;
        }

        var mark = text[position++];
        var fits = order == DateOrder.DayFirstPoints ? mark == (byte)'.' : mark is (byte)'-' or (byte)'/';
        if (!fits || !TakeNumber(text, ref position, 2, out var second, out _) || position >= text.Length || text[position++] != mark
            || !TakeNumber(text, ref position, 4, out var third, out var thirdDigits))
        {
            return false;
        }

        var yearDigits = order == DateOrder.YearFirst ? firstDigits : thirdDigits;
        var otherDigits = order == DateOrder.YearFirst ? thirdDigits : firstDigits;
        if (yearDigits != 4 || otherDigits > 2)
        {
            return false;
        }

        var (year, month, day) = order switch
        {
            DateOrder.YearFirst => (first, second, third),
            DateOrder.MonthFirst => (third, first, second),
            _ => (third, second, first),
        };
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || !TryParseTime(text[position..], out var time))
        {
            return false;
        }

        swappable = day <= 12;
        ticks = new DateTime(year, month, day).Ticks + time;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool TryParseTime(ReadOnlySpan<byte> text, out long time)
    {
        time = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        var position = 1;
        if (text[0] is not ((byte)' ' or (byte)'T') || !TakeNumber(text, ref position, 2, out var hour, out _) || hour > 23
            || !TakeMark(text, ref position, (byte)':') || !TakeNumber(text, ref position, 2, out var minute, out _) || minute > 59)
        {
            return false;
        }

        time = hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute;
        if (TakeMark(text, ref position, (byte)':'))
        {
            if (!TakeNumber(text, ref position, 2, out var second, out _) || second > 59)
            {
                return false;
            }

            time += second * TimeSpan.TicksPerSecond;
            if (TakeMark(text, ref position, (byte)'.'))
            {
                for (var unit = TimeSpan.TicksPerSecond / 10; position < text.Length && (uint)(text[position] - '0') <= 9; position++, unit /= 10)
                {
                    time += (text[position] - '0') * unit;
                }
            }
        }

        return TryTakeZone(text[position..], ref time);
    }

    private static bool TryTakeZone(ReadOnlySpan<byte> text, ref long time)
    {
        if (text.IsEmpty || text.SequenceEqual("Z"u8))
        {
            return true;
        }

        var position = 1;
        if (text[0] is not ((byte)'+' or (byte)'-') || !TakeNumber(text, ref position, 2, out var hours, out _))
        {
            return false;
        }

        TakeMark(text, ref position, (byte)':');
        var minutes = 0;
        if (position < text.Length && !TakeNumber(text, ref position, 2, out minutes, out _))
        {
            return false;
        }

        var offset = hours * TimeSpan.TicksPerHour + minutes * TimeSpan.TicksPerMinute;
        time -= text[0] == (byte)'+' ? offset : -offset;
        return position == text.Length && hours <= 14 && minutes <= 59;
    }

    private static bool TryParseName(ReadOnlySpan<byte> text, out long ticks)
    {
        Span<char> chars = stackalloc char[LongestText];
        var known = System.Text.Encoding.UTF8.GetChars(text, chars);
        var parsed = DateTime.TryParseExact(chars[..known], MonthNameFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        ticks = date.Ticks;
        return parsed;
    }

    private static bool TakeMark(ReadOnlySpan<byte> text, ref int position, byte mark)
    {
        if (position >= text.Length || text[position] != mark)
        {
            return false;
        }

        position++;
        return true;
    }

    private static bool TakeNumber(ReadOnlySpan<byte> text, ref int position, int mostDigits, out int number, out int digits)
    {
        (number, digits) = (0, 0);
        while (position < text.Length && digits < mostDigits && (uint)(text[position] - '0') <= 9)
        {
            number = number * 10 + (text[position++] - '0');
            digits++;
        }

        return digits > 0;
    }
}
