using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>Area under the precision-recall curve as average precision, as scikit-learn sums it; the share of positives is a coin. Not defined without positives.</summary>
internal sealed class AveragePrecision : Metric
{
    public override string Id => "prauc";

    public override LearningTask Task => LearningTask.Binary;

    public override bool HigherIsBetter => true;

    public override (double Low, double High) Range => (0, 1);

    protected override double Compute(Predictions predictions) => new Ranking(predictions).AveragePrecision(predictions.Weights);

    protected override Func<double[], double> Prepare(Predictions predictions) => new Ranking(predictions).AveragePrecision;
}
