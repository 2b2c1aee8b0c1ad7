using TuneLab.Analysis.LearningCurves;
using TuneLab.Randomness;

namespace TuneLab.Testing.Curves;

/// <summary>A measured curve with its last point hidden, and what is foreseen of it.</summary>
/// <param name="Curve">All that was measured.</param>
/// <param name="Answer">From all points but the last.</param>
/// <param name="Score">The last point's.</param>
public sealed record HiddenPoint(MeasuredCurve Curve, LearningCurve Answer, double Score)
{
    /// <summary>Whether the interval holds it.</summary>
    public bool Held => Score >= Answer.Forecast.Low && Score <= Answer.Forecast.High;

    /// <summary>The interval's width in steps between the last two points shown.</summary>
    public double Steps => (Answer.Forecast.High - Answer.Forecast.Low) / Math.Abs(Answer.Points[^1].Score - Answer.Points[^2].Score);

    /// <summary>Hides the last point and looks ahead to it.</summary>
    public static HiddenPoint Of(MeasuredCurve curve)
    {
        var points = FoldScores.Points([.. curve.Sizes.SkipLast(1)], [.. curve.Scores.SkipLast(1)], 1.0 / (curve.Scores[0].Length - 1));
        return new HiddenPoint(curve, LearningCurveAnalysis.Run(points, curve.Metric, "rows", new Seed(1), curve.Sizes[^1]).Value!, curve.Scores[^1].Average());
    }
}
