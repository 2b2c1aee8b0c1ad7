namespace TuneLab.MLNet.Engine.Runs;

/// <summary>
/// Turns scores into probabilities: 1 / (1 + exp(slope * score + offset)) (Platt 1999), with the signs and the rounding of ML.NET's calibrator of that name.
/// </summary>
/// <param name="Slope">Below 0 where a higher score means a likelier positive class.</param>
/// <param name="Offset">Moves the score at which both classes are as likely.</param>
internal sealed record PlattCalibration(double Slope, double Offset)
{
    private const int MaxSteps = 100;

    /// <summary>The probability of the positive class.</summary>
    public float Of(float score) => (float)(1 / (1 + Math.Exp((Slope * score) + Offset)));

    /// <summary>
    /// Fits both numbers by Newton's method with step halving (Lin, Lin and Weng 2007), towards slightly softened labels as Platt has them.
    /// </summary>
    /// <param name="scores">[rows]; those that are no numbers are left out.</param>
    /// <param name="labels">[rows]: 0 or 1.</param>
    /// <param name="weights">[rows], or null: all 1.</param>
    public static PlattCalibration Fit(float[] scores, double[] labels, double[]? weights)
    {
        var rows = Enumerable.Range(0, scores.Length).Where(i => float.IsFinite(scores[i])).ToArray();

        // learned in units of the scores' spread: their scale depends on the trainer
        var unit = rows.Length == 0 ? 1 : Math.Max(1e-30, rows.Max(i => Math.Abs((double)scores[i])));
        var fit = new Newton([.. rows.Select(i => scores[i] / unit)], [.. rows.Select(i => labels[i])], [.. rows.Select(i => weights?[i] ?? 1)]);
        for (var step = 0; step < MaxSteps && fit.Step(); step++)
        {
        }

        return new(fit.Slope / unit, fit.Offset);
    }

    private sealed class Newton
    {
        private readonly double[] _scores;
        private readonly double[] _targets;
        private readonly double[] _weights;
        private double _loss;

        public Newton(double[] scores, double[] labels, double[] weights)
        {
            var positive = labels.Zip(weights, (y, w) => y * w).Sum();
            var negative = weights.Sum() - positive;
            (_scores, _weights) = (scores, weights);
            _targets = Array.ConvertAll(labels, y => y > 0 ? (positive + 1) / (positive + 2) : 1 / (negative + 2));
            Offset = Math.Log((negative + 1) / (positive + 1));
            _loss = Loss(Slope, Offset);
        }

        public double Slope { get; private set; }

        public double Offset { get; private set; }

        /// <summary>One step; false when nothing was gained.</summary>
        public bool Step()
        {
            // a little on the diagonal keeps the matrix regular where all scores are the same
            var (h11, h22, h21, g1, g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0);
            for (var i = 0; i < _scores.Length; i++)
            {
                var p = 1 / (1 + Math.Exp((Slope * _scores[i]) + Offset));
                var (curvature, slope) = (_weights[i] * p * (1 - p), _weights[i] * (_targets[i] - p));
                h11 += _scores[i] * _scores[i] * curvature;
                h22 += curvature;
                h21 += _scores[i] * curvature;
                g1 += _scores[i] * slope;
                g2 += slope;
            }

            var determinant = (h11 * h22) - (h21 * h21);
            var (da, db) = (-((h22 * g1) - (h21 * g2)) / determinant, -((h11 * g2) - (h21 * g1)) / determinant);
            for (var size = 1.0; size > 1e-10; size /= 2)
            {
                var loss = Loss(Slope + (size * da), Offset + (size * db));
                if (loss < _loss - (1e-12 * Math.Abs(_loss)))
                {
                    (Slope, Offset, _loss) = (Slope + (size * da), Offset + (size * db), loss);
                    return true;
                }
            }

            return false;
        }

        private double Loss(double slope, double offset)
        {
            var loss = 0.0;
            for (var i = 0; i < _scores.Length; i++)
            {
                var z = (slope * _scores[i]) + offset;

                // ln(1 + e^z) without overflow, and the target's share of z
                loss += _weights[i] * (Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - ((1 - _targets[i]) * z));
            }

            return loss;
        }
    }
}
