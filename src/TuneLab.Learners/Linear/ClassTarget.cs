using TuneLab.Data;
using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>A class. One that none of the rows is of takes no part: its intercept would go to minus infinity.</summary>
internal sealed class ClassTarget : LinearTarget
{
    private readonly bool _binary;
    private readonly bool _balanced;
    private readonly int _stride;
    private readonly double[] _totals;
    private readonly int[] _present;

    public ClassTarget(LearningTask task, int outputs, TrainingData data, bool balanced, DesignMatrix matrix)
    {
        (_binary, _balanced, _stride) = (task == LearningTask.Binary, balanced, matrix.Width + 1);
        _totals = new double[_binary ? 2 : outputs];
        for (var i = 0; i < data.Rows.Length; i++)
        {
            _totals[(int)data.Target[i]] += Weight(i);
        }

        _present = [.. Enumerable.Range(0, _totals.Length).Where(k => _totals[k] > 0)];
        if (_present.Length > 1)
        {
            var weights = balanced ? ClassBalance.Weights(task, data.Target, data.Weights) : data.Weights;
            var shares = Shares(data, i => weights?[i] ?? 1);
            var target = _binary ? data.Target : Array.ConvertAll(data.Target, t => (double)Array.IndexOf(_present, (int)t));
            Problem = new LinearProblem(matrix, data.Rows, target, shares, _binary ? 1 : _present.Length, LinearLoss.For(task));
        }

        double Weight(int i) => data.Weights?[i] ?? 1;
    }

    public override LinearProblem? Problem { get; }

    /// <summary>The log odds of a class that none of the rows is: as if half a row were.</summary>
    private double Unseen => Math.Log(0.5 / Math.Max(_totals.Sum(), 1));

    public override double[] Start()
    {
        var start = new double[(_binary ? 1 : _present.Length) * _stride];
        if (_binary)
        {
            start[^1] = _present.Length == 1 ? (_present[0] == 1 ? -Unseen : Unseen) : _balanced ? 0 : Math.Log(_totals[1] / _totals[0]);
            return start;
        }

        for (var p = 0; p < _present.Length; p++)
        {
            start[((p + 1) * _stride) - 1] = _balanced ? 0 : Math.Log(_totals[_present[p]]);
        }

        return start;
    }

    public override double[] Finish(double[] found)
    {
        if (_binary)
        {
            return [.. found];
        }

        var weights = new double[_totals.Length * _stride];
        var mean = Enumerable.Range(1, _present.Length).Average(p => found[(p * _stride) - 1]); // only differences of intercepts count
        for (var k = 0; k < _totals.Length; k++)
        {
            var own = weights.AsSpan(k * _stride, _stride);
            own[^1] = Unseen;
            if (Array.IndexOf(_present, k) is var place and >= 0)
            {
                found.AsSpan(place * _stride, _stride).CopyTo(own);
                own[^1] -= mean;
            }
        }

        return weights;
    }
}
