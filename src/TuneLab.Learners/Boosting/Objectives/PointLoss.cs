using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>Runs an <see cref="IPointLoss"/> over the rows of a block.</summary>
internal static class PointLoss
{
    /// <summary>First and second derivatives, times the row's weight.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="block">Where.</param>
    /// <param name="gradients">[rows of the block], overwritten.</param>
    /// <param name="hessians">[rows of the block], overwritten.</param>
    public static void Derive<TLoss>(TLoss loss, in ScoreBlock block, Span<double> gradients, Span<double> hessians)
        where TLoss : struct, IPointLoss
    {
        for (var i = 0; i < gradients.Length; i += Vector256<double>.Count)
        {
            var count = Math.Min(Vector256<double>.Count, gradients.Length - i);
            var gradient = loss.Derive(RowVector.Load(block.Target, i, count), RowVector.Load(block.Scores, i, count), out var hessian);
            if (!block.Weights.IsEmpty)
            {
                var weight = RowVector.Load(block.Weights, i, count);
                (gradient, hessian) = (gradient * weight, hessian * weight);
            }

            RowVector.Store(gradient, gradients, i, count);
            RowVector.Store(hessian, hessians, i, count);
        }
    }
}
