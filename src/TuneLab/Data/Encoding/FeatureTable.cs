namespace TuneLab.Data.Encoding;

/// <summary>One column of a <see cref="FeatureTable"/>.</summary>
/// <param name="Name">The feature's name: the source column's, or <c>source.part</c> for the parts of dates and texts.</param>
/// <param name="Source">The column of the dataset that it is made from.</param>
public abstract record FeatureColumn(string Name, string Source);

/// <summary>Numbers.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Source">The column that it is made from.</param>
/// <param name="Values">[rows]; NaN where missing; infinities are clamped to the largest finite float.</param>
public sealed record NumericFeature(string Name, string Source, float[] Values) : FeatureColumn(Name, Source);

/// <summary>Category codes.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Source">The column that it is made from.</param>
/// <param name="Codes">[rows]: 0 to <paramref name="Cardinality"/> - 1, or -1 where missing or not seen when the encoding was fitted.</param>
/// <param name="Cardinality">The number of codes.</param>
public sealed record CategoricalFeature(string Name, string Source, int[] Codes, int Cardinality) : FeatureColumn(Name, Source);

/// <summary>
/// All features of all rows, column by column, in the form that every learner starts from: numbers and category codes, missing
/// values kept. Read-only and shared; what a learner derives from it (bins, a scaled matrix) is shared through <see cref="Training.PreparedFold"/>.
/// </summary>
/// <param name="Columns">The features; their number and order are fixed by the encoding, not by the rows.</param>
/// <param name="RowCount">The number of rows.</param>
public sealed record FeatureTable(IReadOnlyList<FeatureColumn> Columns, int RowCount);
