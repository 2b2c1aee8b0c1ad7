using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Linear;

/// <summary>
/// A scaled number that is the same on most rows (a count, a flag), moved so that this value is 0: only the others are kept. The intercept takes up the move, so the fit is that of the
/// standardised column. A 0/1 column says where it is missing if it was on a few training rows.
/// </summary>
/// <param name="scaling">To mean 0 and deviation 1.</param>
/// <param name="usual">The value that most rows have, scaled.</param>
/// <param name="marksMissing">Whether there is the second column.</param>
internal sealed class SparseNumberColumns(NumberScaling scaling, float usual, bool marksMissing) : DesignColumns
{
    public const byte Kind = 3;

    /// <summary>The share of rows with one value from which keeping the others alone pays.</summary>
    public const double Share = 0.75;

    public override int SparseColumns => marksMissing ? 2 : 1;

    public override (int Column, float Value) Entry(FeatureColumn feature, int row)
    {
        var value = ((NumericFeature)feature).Values[row];
        if (float.IsNaN(value))
        {
            return marksMissing ? (1, 1) : (-1, 0); // the median that stands for it is the usual value
        }

        var moved = scaling.Scale(value) - usual;
        return moved == 0 ? (-1, 0) : (0, moved);
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(Kind);
        writer.Write(marksMissing);
        writer.Write(usual);
        scaling.Save(writer);
    }

    public static SparseNumberColumns Read(BinaryReader reader)
    {
        var (marksMissing, usual) = (reader.ReadBoolean(), reader.ReadSingle());
        return new SparseNumberColumns(NumberScaling.Load(reader), usual, marksMissing);
    }
}
