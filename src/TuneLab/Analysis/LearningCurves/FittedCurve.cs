namespace TuneLab.Analysis.LearningCurves;

/// <summary>How a score nears what it would be with any amount of data.</summary>
public enum CurveForm
{
    /// <summary>asymptote + gap (size / largest)^-rate.</summary>
    Power,

    /// <summary>asymptote + gap exp(-rate (size / largest - 1)).</summary>
    Exponential,
}

/// <summary>A curve through measured points.</summary>
/// <param name="Form">Its form.</param>
/// <param name="Asymptote">The score that it nears. A power law of a small rate is all but a logarithm: its asymptote lies far from all that was measured, and means nothing.</param>
/// <param name="Gap">What is still missing to it at the largest size that was measured, with the sign that makes it so: negative where more is better; 0 for a level curve.</param>
/// <param name="Rate">How fast it nears it, per e-fold of size (power) or per largest size (exponential).</param>
/// <param name="Largest">The largest size that was measured.</param>
/// <param name="Misfit">The sum of the squared distances of the points from it, in their errors.</param>
public sealed record FittedCurve(CurveForm Form, double Asymptote, double Gap, double Rate, double Largest, double Misfit)
{
    /// <summary>The curve at a size above 0.</summary>
    public double At(double size) => Asymptote + Gap * Basis(Form, Rate, size / Largest);

    /// <summary>What the gap is multiplied by: 1 at the largest size.</summary>
    /// <param name="form">The form.</param>
    /// <param name="rate">The rate.</param>
    /// <param name="size">In largest sizes.</param>
    internal static double Basis(CurveForm form, double rate, double size) => form == CurveForm.Power ? Math.Pow(size, -rate) : Math.Exp(-rate * (size - 1));
}
