using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>Area under the ROC curve; 0.5 is a coin. Not defined for one class.</summary>
internal sealed class Auc : Metric
{
    public override string Id => "auc";

    public override LearningTask Task => LearningTask.Binary;

    public override bool HigherIsBetter => true;

    public override (double Low, double High) Range => (0, 1);

    protected override double Compute(Predictions predictions) => new Ranking(predictions).AreaUnderCurve(predictions.Weights);

    protected override Func<double[], double> Prepare(Predictions predictions) => new Ranking(predictions).AreaUnderCurve;
}
