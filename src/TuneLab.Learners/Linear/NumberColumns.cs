using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Linear;

/// <summary>A scaled number, and a 0/1 column that says where it is missing if it was on a few training rows.</summary>
internal sealed class NumberColumns(NumberScaling? scaling, bool marksMissing) : DesignColumns
{
    public const byte Kind = 1;

    public override bool HasNumber => scaling is not null;

    public override int Indicators => marksMissing ? 1 : 0;

    public static NumberColumns Fit(NumericFeature feature, int[] rows, double[]? weights, NumberTransform transform)
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

        return new NumberColumns(NumberScaling.Fit(new WeightedValues(feature.Values, rows, weights), transform), missing >= FewRows && missing < counted);
    }

    public override float Number(FeatureColumn feature, int row) => scaling!.Scale(((NumericFeature)feature).Values[row]);

    public override int Indicator(FeatureColumn feature, int row) => float.IsNaN(((NumericFeature)feature).Values[row]) ? 0 : -1;

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
