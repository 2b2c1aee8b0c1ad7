using System.Text;

namespace TuneLab.Data.Csv;

/// <summary>Reads numbers from UTF-8, culture-invariant and correctly rounded.</summary>
internal static class NumberText
{
    private const int ExactDigits = 15; // any integer of 15 digits is a double
    private const int LongestText = 64;

    // 10^0 to 10^22 are doubles without rounding (Clinger 1990), so one division of two exact numbers rounds once.
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Whether the text is a number.</summary>
    /// <param name="text">Without surrounding blanks.</param>
    /// <param name="decimalMark">A point or a comma.</param>
    /// <param name="value">The number; infinities are written <c>inf</c> or <c>infinity</c>.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, byte decimalMark, out double value)
    {
        long digits = 0;
        int count = 0, decimals = 0, i = 0;
        var negative = false;
        var mark = false;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == (byte)'-';
            i = 1;
        }

        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (c == decimalMark && !mark)
            {
                mark = true;
            }
            else if ((uint)(c - '0') <= 9 && ++count <= ExactDigits)
            {
                digits = digits * 10 + (c - '0');
                decimals += mark ? 1 : 0;
            }
            else
            {
                return TryParseSlowly(text, decimalMark, out value);
            }
        }

        value = digits / PowersOfTen[decimals];
        value = negative ? -value : value;
        return count > 0;
    }

    /// <summary>Whether a number is written like a code: a zero before another digit, as in <c>007</c>.</summary>
    public static bool HasLeadingZero(ReadOnlySpan<byte> text)
    {
        var start = !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        return text.Length > start + 1 && text[start] == (byte)'0' && (uint)(text[start + 1] - '0') <= 9;
    }

    private static bool TryParseSlowly(ReadOnlySpan<byte> text, byte decimalMark, out double value)
    {
        value = 0;
        Span<byte> copy = stackalloc byte[LongestText];
        if (text.Length > LongestText)
        {
            return false;
        }

        text.CopyTo(copy);
        copy = copy[..text.Length];
        if (decimalMark != (byte)'.')
        {
            if (copy.Contains((byte)'.'))
            {
                return false;
            }

            copy.Replace(decimalMark, (byte)'.');
        }

        if (double.TryParse(copy, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value))
        {
            return !double.IsNaN(value);
        }

        var negative = copy[0] == (byte)'-';
        var name = copy[0] is (byte)'-' or (byte)'+' ? copy[1..] : copy;
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(name, "inf"u8) || Ascii.EqualsIgnoreCase(name, "infinity"u8);
    }
}
