using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>The derivatives of a loss that depends on a row's label and one score alone. A struct, so that <see cref="PointLoss"/> is compiled for each with this inside its loop.</summary>
internal interface IPointLoss
{
    /// <summary>Derives four rows at once, without weights.</summary>
    /// <param name="target">Labels.</param>
    /// <param name="score">Scores.</param>
    /// <param name="hessian">Second derivatives, at least 0.</param>
    /// <returns>First derivatives.</returns>
    Vector256<double> Derive(Vector256<double> target, Vector256<double> score, out Vector256<double> hessian);
}
