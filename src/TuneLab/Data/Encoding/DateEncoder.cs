namespace TuneLab.Data.Encoding;

/// <summary>
/// Dates as numbers: whole days since 2000-01-01, year, month (1 to 12), day of the week (0 is Sunday), day of the year (1 to 366) and hour with its fraction. Parts
/// that are the same on all fitted rows are left out, so dates without a time of day have no hour.
/// </summary>
internal sealed class DateEncoder : ColumnEncoder
{
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).Ticks;

    private static readonly (string Name, Func<DateTime, float> Of)[] All =
    [
        ("days", d => (d.Ticks - Epoch - d.TimeOfDay.Ticks) / TimeSpan.TicksPerDay),
        ("year", d => d.Year),
        ("month", d => d.Month),
        ("weekday", d => (int)d.DayOfWeek),
        ("yearday", d => d.DayOfYear),
        ("hour", d => (float)d.TimeOfDay.TotalHours),
    ];

    private readonly string[] _parts;

    private DateEncoder(InputColumn input, string[] parts)
        : base(input) => _parts = parts;

    /// <inheritdoc/>
    public override EncodedColumn Description => new(Input, [], _parts);

    public static DateEncoder? Fit(DateColumn column, int[] rows)
    {
        string[] parts = [.. All.Where(part => Variation.Varies(Values(column, part.Of), rows)).Select(part => part.Name)];

        // when only missingness varies, every part says the same: keep one
        var known = rows.Where(row => !column.IsMissing(row)).Select(row => column.Ticks[row]).Distinct().Take(2).Count();
        return parts.Length == 0 ? null : new DateEncoder(new InputColumn(column.Name, ColumnType.Date, []), known == 1 ? [parts[0]] : parts);
    }

    public static DateEncoder Load(InputColumn input, BinaryReader reader)
    {
        var parts = Strings.Load(reader);
        return parts.All(name => Array.Exists(All, part => part.Name == name))
            ? new DateEncoder(input, parts)
            : throw new InvalidDataException($"The encoding of column '{input.Name}' has an unknown part of a date among: {string.Join(", ", parts)}.");
    }

    /// <inheritdoc/>
    public override IEnumerable<FeatureColumn> Encode(Column column)
        => _parts.Select(name => new NumericFeature(Input.Name + "." + name, Input.Name, Values((DateColumn)column, Array.Find(All, part => part.Name == name).Of)));

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer) => Strings.Save(writer, _parts);

    private static float[] Values(DateColumn column, Func<DateTime, float> part)
    {
        var values = new float[column.Count];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = column.Ticks[row] == DateColumn.Missing ? float.NaN : part(new DateTime(column.Ticks[row], DateTimeKind.Unspecified));
        }

        return values;
    }
}
