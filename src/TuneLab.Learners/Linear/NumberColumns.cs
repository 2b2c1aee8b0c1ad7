using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Linear;

/// <summary>A scaled number, and a 0/1 column that says where it is missing if it was on a few training rows.</summary>
internal sealed class NumberColumns(NumberScaling? scaling, bool marksMissing) : DesignColumns
{
    public const byte Kind = 1;

    public override bool HasNumber => scaling is not null;

    public override int SparseColumns => marksMissing ? 1 : 0;

    public static DesignColumns Fit(NumericFeature feature, int[] rows, double[]? weights, NumberTransform transform)
    {
        int missing = 0, counted = 0;
        foreach (var row in rows)
        {
            if (weights?[row] != 0)
            {
                counted++;
                missing += float.IsNaN(feature.Values[row]) ? 1 : 0;
            }
        }

        var values = new WeightedValues(feature.Values, rows, weights);
        var scaling = NumberScaling.Fit(values, transform);
        var marksMissing = missing >= FewRows && missing < counted;
        return scaling is not null && values.UsualValue(SparseNumberColumns.Share) is { } usual
            ? new SparseNumberColumns(scaling, scaling.Scale((float)usual), marksMissing)
            : new NumberColumns(scaling, marksMissing);
    }

    public override float Number(FeatureColumn feature, int row) => scaling!.Scale(((NumericFeature)feature).Values[row]);

    public override (int Column, float Value) Entry(FeatureColumn feature, int row) => (float.IsNaN(((NumericFeature)feature).Values[row]) ? 0 : -1, 1);

    public override void Save(BinaryWriter writer)
    {
        writer.Write(Kind);
        writer.Write(marksMissing);
        writer.Write(HasNumber);
        scaling?.Save(writer);
    }

    public static NumberColumns Read(BinaryReader reader)
    {
        var marksMissing = reader.ReadBoolean();
        return new NumberColumns(reader.ReadBoolean() ? NumberScaling.Load(reader) : null, marksMissing);
    }
}
