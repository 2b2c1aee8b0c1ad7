namespace TuneLab.Experiments.Forecasting;

/// <summary>How much of a window some work needs, as parts of the window's length: 0.3 is 30 % of it, 2.5 that it takes three of them. A pure value.</summary>
/// <param name="Median">As likely more as less.</param>
/// <param name="Low">One time in ten it needs less.</param>
/// <param name="High">One time in ten it needs more.</param>
public readonly record struct WindowNeed(double Median, double Low, double High)
{
    /// <summary>What it needs.</summary>
    /// <param name="left">The work.</param>
    /// <param name="window">How long the window is open, from its opening to its closing, or what is left of it now; above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window has no length.</exception>
    public static WindowNeed Of(SecondsLeft left, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        return new WindowNeed(left.Median / window.TotalSeconds, left.Low / window.TotalSeconds, left.High / window.TotalSeconds);
    }

    /// <summary>Whether it ends within one opening, nine times in ten.</summary>
    public bool Fits => High <= 1;
}
