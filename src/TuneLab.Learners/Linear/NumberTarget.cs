using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>A number, in units of its deviation from the mean, so that a strength means the same for every table.</summary>
internal sealed class NumberTarget : LinearTarget
{
    private readonly int _stride;
    private readonly double _mean;
    private readonly double _deviation;

    public NumberTarget(TrainingData data, DesignMatrix matrix)
    {
        _stride = matrix.Width + 1;
        var shares = Shares(data, i => data.Weights?[i] ?? 1);
        double square = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            _mean += shares[i] * data.Target[i];
        }

        for (var i = 0; i < shares.Length; i++)
        {
            square += shares[i] * (data.Target[i] - _mean) * (data.Target[i] - _mean);
        }

        _deviation = Math.Sqrt(square);
        Problem = _deviation > 1e-12 * Math.Abs(_mean) && double.IsFinite(_deviation)
            ? new LinearProblem(matrix, data.Rows, Array.ConvertAll(data.Target, t => (t - _mean) / _deviation), shares, 1, new SquaredLoss())
            : null;
    }

    public override LinearProblem? Problem { get; }

    public override double[] Start() => new double[_stride];

    public override double[] Finish(double[] found)
    {
        var weights = Array.ConvertAll(found, w => w * (Problem is null ? 0 : _deviation));
        weights[^1] += _mean;
        return weights;
    }
}
