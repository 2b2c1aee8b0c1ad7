namespace TuneLab.Data.Encoding;

/// <summary>What an encoding learned of a column: enough to write the same features in another language.</summary>
/// <param name="Input">The column that it reads.</param>
/// <param name="Shared">Category: the levels that share the last code, beside those of <see cref="InputColumn.Levels"/>; else empty.</param>
/// <param name="Parts">Date: the parts that are features (<c>days</c>, <c>year</c>, <c>month</c>, <c>weekday</c>, <c>yearday</c>, <c>hour</c>), in their order; text: words in lower case, pairs of words with a space between, <c>#length</c>, <c>#missing</c>; else empty.</param>
public sealed record EncodedColumn(InputColumn Input, IReadOnlyList<string> Shared, IReadOnlyList<string> Parts);
