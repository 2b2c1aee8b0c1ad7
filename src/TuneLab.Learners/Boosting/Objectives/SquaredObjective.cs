namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>Half the squared error. Derivatives: score - y and 1.</summary>
internal sealed class SquaredObjective : Objective
{
    /// <summary>Residuals that small against the target are rounding and not worth a split.</summary>
    private const double Rounding = 1e-13;

    public override int Scores => 1;

    public override double[] Initial(double[] target, double[]? weights)
    {
        double sum = 0, all = 0;
        for (var i = 0; i < target.Length; i++)
        {
            sum += (weights?[i] ?? 1) * target[i];
            all += weights?[i] ?? 1;
        }

        return [sum / all];
    }

    public override void Derive(in ScoreBlock block, Span<double> gradients, Span<double> hessians)
    {
        for (var i = 0; i < gradients.Length; i++)
        {
            var weight = block.Weights.IsEmpty ? 1 : block.Weights[i];
            var residual = block.Scores[i] - block.Target[i];
            gradients[i] = Math.Abs(residual) <= Rounding * Math.Abs(block.Target[i]) ? 0 : weight * residual;
            hessians[i] = weight;
        }
    }

    public override void Link(Span<double> row)
    {
    }
}
