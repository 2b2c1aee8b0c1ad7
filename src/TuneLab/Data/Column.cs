namespace TuneLab.Data;

/// <summary>A named, typed column of a <see cref="Dataset"/>. Immutable once built: the arrays are shared, not copied, and must not be written.</summary>
public abstract class Column
{
    private protected Column(string name, ColumnType type, int count) => (Name, Type, Count) = (name, type, count);

    /// <summary>The name in the header.</summary>
    public string Name { get; }

    /// <summary>What the values are.</summary>
    public ColumnType Type { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>Whether the value of that row is missing.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The value as text, as it would stand in a file (round trip); empty where missing.</summary>
    public abstract string Text(int row);

    /// <summary>The same column with these rows only, in this order; a category keeps all its levels.</summary>
    /// <param name="rows">Row indexes; one may occur several times.</param>
    public abstract Column Select(int[] rows);

    private protected static T[] Pick<T>(T[] values, int[] rows)
    {
        var picked = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            picked[i] = values[rows[i]];
        }

        return picked;
    }
}

/// <summary>Real numbers.</summary>
public sealed class NumberColumn(string name, double[] values) : Column(name, ColumnType.Number, values.Length)
{
    /// <summary>[rows]; NaN where missing; infinities are kept.</summary>
    public double[] Values { get; } = values;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(Values[row]);

    /// <inheritdoc/>
    public override string Text(int row) => IsMissing(row) ? "" : Values[row].ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Column Select(int[] rows) => new NumberColumn(Name, Pick(Values, rows));
}

/// <summary>Categories or booleans: a code per row into a list of levels.</summary>
public sealed class CategoryColumn : Column
{
    /// <param name="name">The name in the header.</param>
    /// <param name="codes">[rows]: an index into <paramref name="levels"/>, or -1 where missing.</param>
    /// <param name="levels">The distinct texts in ordinal order; for a boolean the false one first, then the true one.</param>
    /// <param name="type"><see cref="ColumnType.Category"/> or <see cref="ColumnType.Boolean"/>.</param>
    public CategoryColumn(string name, int[] codes, string[] levels, ColumnType type = ColumnType.Category)
        : base(name, type, codes.Length)
    {
        if (type is not (ColumnType.Category or ColumnType.Boolean))
        {
            throw new ArgumentException("A category column is a category or a boolean, not " + type + ".", nameof(type));
        }

        (Codes, Levels) = (codes, levels);
    }

    /// <summary>[rows]: an index into <see cref="Levels"/>, or -1 where missing.</summary>
    public int[] Codes { get; }

    /// <summary>The distinct texts in ordinal order; for a boolean the false one first.</summary>
    public string[] Levels { get; }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Codes[row] < 0;

    /// <inheritdoc/>
    public override string Text(int row) => Codes[row] < 0 ? "" : Levels[Codes[row]];

    /// <inheritdoc/>
    public override Column Select(int[] rows) => new CategoryColumn(Name, Pick(Codes, rows), Levels, Type);
}

/// <summary>Days and times, without a time zone.</summary>
public sealed class DateColumn(string name, long[] ticks) : Column(name, ColumnType.Date, ticks.Length)
{
    /// <summary>The tick count that stands for a missing date.</summary>
    public const long Missing = long.MinValue;

    /// <summary>[rows]: <see cref="DateTime.Ticks"/> (100 ns since year 1), or <see cref="Missing"/>.</summary>
    public long[] Ticks { get; } = ticks;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Ticks[row] == Missing;

    /// <inheritdoc/>
    public override string Text(int row)
        => IsMissing(row) ? "" : new DateTime(Ticks[row], DateTimeKind.Unspecified).ToString(Ticks[row] % TimeSpan.TicksPerDay == 0 ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Column Select(int[] rows) => new DateColumn(Name, Pick(Ticks, rows));
}

/// <summary>Free text.</summary>
public sealed class TextColumn(string name, string?[] values) : Column(name, ColumnType.Text, values.Length)
{
    /// <summary>[rows]; null where missing.</summary>
    public string?[] Values { get; } = values;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Values[row] is null;

    /// <inheritdoc/>
    public override string Text(int row) => Values[row] ?? "";

    /// <inheritdoc/>
    public override Column Select(int[] rows) => new TextColumn(Name, Pick(Values, rows));
}
