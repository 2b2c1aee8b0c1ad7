namespace TuneLab.Learners.Linear;

/// <summary>
/// The strengths that a run walks when its configuration names none, from strong to weak, three to a decade: the same for every table, so that a round means the same strength in every
/// fold, in confirm and in the refit. (Friedman, Hastie and Tibshirani 2010 start each path where the table's first weight leaves zero.)
/// </summary>
internal static class StrengthPath
{
    private static readonly double[] Strengths =
    [
        10, 4.64, 2.15, 1, 0.464, 0.215, 0.1, 0.0464, 0.0215, 0.01, 0.00464, 0.00215, 1e-3, 4.64e-4, 2.15e-4, 1e-4, 4.64e-5, 2.15e-5, 1e-5, 4.64e-6, 2.15e-6, 1e-6,
    ];

    /// <summary>A path may end early once it has come down to this strength: above it small gains say only that the penalty still holds the weights down.</summary>
    private const double Weak = 1e-3;

    private const double SmallestGain = 1e-5;
    private const double NothingLeft = 1e-3;

    /// <summary>How many strengths there are.</summary>
    public static int Count => Strengths.Length;

    /// <summary>The strength of a round, counted from 1.</summary>
    public static double At(int round) => Strengths[round - 1];

    /// <summary>Whether weaker strengths are not worth their time: the loss is nearly 0, or the last step gained next to nothing (the bounds that glmnet documents). A function of the training rows alone.</summary>
    /// <param name="strength">The one just fitted.</param>
    /// <param name="constant">The loss of the constant.</param>
    /// <param name="before">The loss at the strength before.</param>
    /// <param name="now">The loss at this one.</param>
    public static bool EndsAt(double strength, double constant, double before, double now)
        => now <= NothingLeft * constant || (strength <= Weak && before - now < SmallestGain * constant);
}
