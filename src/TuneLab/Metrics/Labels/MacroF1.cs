using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>The mean over the classes of their F1, each class counting the same; classes that occur neither in truth nor in prediction are left out.</summary>
internal sealed class MacroF1 : ConfusionMetric
{
    public override string Id => "macro_f1";

    public override LearningTask Task => LearningTask.Multiclass;

    protected override double Compute(Confusion confusion) => confusion.Mean(confusion.F1);
}
