namespace TuneLab.Data.Encoding;

/// <summary>A column that an encoding reads: what a model file says of its input.</summary>
/// <param name="Name">The name in the header.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Levels">
/// Category: the levels with a code of their own, in ordinal order (at most 1,000); boolean: the false level, then the true one; else empty.
/// </param>
public sealed record InputColumn(string Name, ColumnType Type, IReadOnlyList<string> Levels);
