namespace TuneLab.Analysis.LearningCurves;

/// <summary>A curve's value at a size, with the interval in which a new measurement there is expected.</summary>
/// <param name="Size">Rows, or rounds.</param>
/// <param name="Value">The fitted curve; like the interval inside the range of a <see cref="TuneLab.Metrics.Metric"/>.</param>
/// <param name="Low">Lower end of the two-sided interval of <see cref="LearningCurveAnalysis.Level"/>.</param>
/// <param name="High">Upper end.</param>
public sealed record CurveEstimate(double Size, double Value, double Low, double High);

/// <summary>How the score depends on how much is learned from, and what more would bring. Immutable.</summary>
/// <param name="Points">What was measured, by size.</param>
/// <param name="Fit">The curve through it.</param>
/// <param name="Line">The curve from the smallest size to the forecast's, evenly spread on a log scale: what a figure draws.</param>
/// <param name="Forecast">At twice the largest size, or at the one asked for.</param>
/// <param name="Gain">By how much the forecast's value is better than the curve at the largest size, in the objective's unit, at least 0.</param>
/// <param name="Flat">Whether more brings nothing that shows: the points don't tell the curve from a level one, or even the upper bound of the gain (one-sided, 95 %) is less than a new point's error.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record LearningCurve(IReadOnlyList<LearningPoint> Points, FittedCurve Fit, IReadOnlyList<CurveEstimate> Line, CurveEstimate Forecast, double Gain, bool Flat, string Sentence);
