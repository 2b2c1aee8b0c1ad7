namespace TuneLab.Experiments.Forecasting;

/// <summary>Seconds that something is thought to take.</summary>
/// <param name="Median">As likely more as less.</param>
/// <param name="Low">One time in ten it takes less.</param>
/// <param name="High">One time in ten it takes more.</param>
public readonly record struct SecondsLeft(double Median, double Low, double High);

/// <summary>What one part of the rest is thought to take.</summary>
/// <param name="Stage">The stage's name; <c>end</c> for what follows confirm: refits, holdout, analyses, files.</param>
/// <param name="Trials">Trials to come; 0 for the end.</param>
/// <param name="Seconds">Wall seconds.</param>
public sealed record ForecastPart(string Stage, int Trials, SecondsLeft Seconds);

/// <summary>How long an experiment still takes, or why that can't be said yet. Immutable.</summary>
/// <param name="Left">Wall seconds of work still to be done; null where it can't be said.</param>
/// <param name="NotYet">Why not, as a sentence's end; null where it can.</param>
/// <param name="Ends">When it would end if it went on from now; null where it can't be said.</param>
/// <param name="Parts">By stage, in their order; empty where it can't be said, and where time is the budget.</param>
/// <param name="Jobs">Evaluations at once, as measured.</param>
public sealed record Forecast(SecondsLeft? Left, string? NotYet, DateTimeOffset? Ends, IReadOnlyList<ForecastPart> Parts, double Jobs)
{
    /// <summary>A forecast that can't be made.</summary>
    /// <param name="why">As a sentence's end.</param>
    internal static Forecast Not(string why) => new(null, why, null, [], double.NaN);

    /// <summary>The same where all must be done by a moment that only cuts (<see cref="RunOptions.Deadline"/>).</summary>
    /// <param name="deadline">The moment.</param>
    /// <param name="now">The time now.</param>
    public Forecast By(DateTimeOffset deadline, DateTimeOffset now)
    {
        var most = Math.Max(0, (deadline - now).TotalSeconds);
        return Left is not { } left || Ends is not { } ends ? this : this with
        {
            Left = new SecondsLeft(Math.Min(most, left.Median), Math.Min(most, left.Low), Math.Min(most, left.High)),
            Ends = deadline < ends ? deadline : ends,
        };
    }
}
