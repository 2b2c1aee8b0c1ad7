namespace TuneLab.Data;

/// <summary>A column as numbers that are equal where its values are.</summary>
internal static class ColumnCodes
{
    /// <summary>The code of each row, -1 where the value is missing, and one more than the largest code. Numbers and dates are coded in rising order, categories by level, texts as they first appear.</summary>
    public static (int[] Codes, int Count) Of(Column column)
    {
        if (column is CategoryColumn category)
        {
            return (category.Codes, category.Levels.Length);
        }

        return column is TextColumn texts ? OfTexts(texts) : OfOrder(NumberOrder.Of(column)!, column.Count);
    }

    private static (int[] Codes, int Count) OfOrder(NumberOrder order, int rows)
    {
        var codes = new int[rows];
        Array.Fill(codes, -1);
        var code = -1;
        for (var i = 0; i < order.Rows.Length; i++)
        {
            code += i == 0 || order.Values[i] != order.Values[i - 1] ? 1 : 0;
            codes[order.Rows[i]] = code;
        }

        return (codes, code + 1);
    }

    private static (int[] Codes, int Count) OfTexts(TextColumn column)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new int[column.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            if (column.Values[row] is not { } text)
            {
                codes[row] = -1;
            }
            else if (!known.TryGetValue(text, out codes[row]))
            {
                codes[row] = known[text] = known.Count;
            }
        }

        return (codes, known.Count);
    }
}
