using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>The mean over the classes of the share of their rows that are found, each class counting the same; classes without rows are left out. Binary: <c>balanced_accuracy</c>; multiclass: <c>accuracy_macro</c>.</summary>
internal sealed class MeanRecall(LearningTask task) : ConfusionMetric
{
    public override string Id => task == LearningTask.Binary ? "balanced_accuracy" : "accuracy_macro";

    public override LearningTask Task => task;

    protected override double Compute(Confusion confusion) => confusion.Mean(confusion.Recall);
}
