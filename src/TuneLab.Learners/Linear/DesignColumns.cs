using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Linear;

/// <summary>The columns of a design matrix that one feature becomes: at most one of numbers, and any count of sparse ones of which at most one is not zero in a row. Immutable.</summary>
internal abstract class DesignColumns
{
    /// <summary>A 0/1 column that is 1 on fewer training rows is left out or pooled: its weight would be noise.</summary>
    public const int FewRows = 3;

    /// <summary>Whether there is a column of numbers.</summary>
    public virtual bool HasNumber => false;

    /// <summary>How many sparse columns there are.</summary>
    public abstract int SparseColumns { get; }

    /// <summary>The number of a row.</summary>
    public virtual float Number(FeatureColumn feature, int row) => 0;

    /// <summary>Which sparse column is not zero in a row, or -1, and what stands there.</summary>
    public abstract (int Column, float Value) Entry(FeatureColumn feature, int row);

    public abstract void Save(BinaryWriter writer);

    public static DesignColumns Fit(FeatureColumn feature, int[] rows, double[]? weights, NumberTransform transform) => feature switch
    {
        NumericFeature number => NumberColumns.Fit(number, rows, weights, transform),
        CategoricalFeature category => CategoryColumns.Fit(category, rows, weights),
        _ => throw new ArgumentException($"Feature '{feature.Name}' is of an unknown kind.", nameof(feature)),
    };

    public static DesignColumns Load(BinaryReader reader) => reader.ReadByte() switch
    {
        NumberColumns.Kind => NumberColumns.Read(reader),
        CategoryColumns.Kind => CategoryColumns.Read(reader),
        SparseNumberColumns.Kind => SparseNumberColumns.Read(reader),
        var kind => throw new InvalidDataException($"The linear model is damaged: a column of kind {kind}."),
    };
}
