using Microsoft.Data.Sqlite;
using TuneLab.Errors;

namespace TuneLab.Storage.Sqlite;

/// <summary>Values of a row in the forms that the schema gives them.</summary>
internal static class RowReading
{
    private const string InstantFormat = "O";

    /// <summary>A number; NaN where it is null.</summary>
    public static double Number(this SqliteDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    public static double[] Doubles(this SqliteDataReader row, int column) => Packing.Doubles(row.Bytes(column));

    public static int[] Counts(this SqliteDataReader row, int column) => Packing.Counts(row.Bytes(column));

    public static byte[] Bytes(this SqliteDataReader row, int column) => (byte[])row.GetValue(column);

    /// <summary>A member of an enumeration, written in lower case.</summary>
    public static T Word<T>(this SqliteDataReader row, int column)
        where T : struct, Enum
        => Enum.TryParse<T>(row.GetString(column), ignoreCase: true, out var value) ? value
            : throw new InputException($"The store holds the unknown {typeof(T).Name} '{row.GetString(column)}'.", "Update TuneLab: a newer version wrote it.");

    /// <summary>The text of a member of an enumeration.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum
        => value.ToString().ToLowerInvariant();

    public static DateTimeOffset Instant(this SqliteDataReader row, int column) => Instant(row.GetString(column));

    public static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(text, InstantFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset? InstantOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);

    public static long? NumberOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The text of an instant, or null.</summary>
    public static string? InstantOrNull(DateTimeOffset? instant) => instant is { } at ? Instant(at) : null;

    /// <summary>The text of an instant; ordered as the instants are.</summary>
    public static string Instant(DateTimeOffset instant) => instant.ToUniversalTime().ToString(InstantFormat, CultureInfo.InvariantCulture);
}
