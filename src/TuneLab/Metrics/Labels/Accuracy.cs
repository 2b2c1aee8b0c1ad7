using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>The weighted share of rows with the right label (for several classes also called micro accuracy).</summary>
internal sealed class Accuracy(LearningTask task) : ConfusionMetric
{
    public override string Id => "accuracy";

    public override LearningTask Task => task;

    protected override double Compute(Confusion confusion)
    {
        var right = 0.0;
        for (var c = 0; c < confusion.Classes; c++)
        {
            right += confusion.Right(c);
        }

        return right / confusion.Total;
    }
}
