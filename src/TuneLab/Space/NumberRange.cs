namespace TuneLab.Space;

/// <summary>What real and whole numbers share: the checks of their definition and their text.</summary>
internal static class NumberRange
{
    // up to here a double tells every whole number from the next
    private const double MostSteps = 1L << 53;

    public static double? Check(string name, double low, double high, Scale scale, double? step)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            throw new ArgumentException($"Parameter '{name}': the bounds must be finite numbers, not {Show(low)} and {Show(high)}.");
        }

        if (low > high)
        {
            throw new ArgumentException($"Parameter '{name}': low {Show(low)} exceeds high {Show(high)}; swap them.");
        }

        if (scale == Scale.Log && low <= 0)
        {
            throw new ArgumentException($"Parameter '{name}': a log scale needs a low above 0, not {Show(low)}.");
        }

        if (step is { } distance)
        {
            if (!(distance > 0) || (high - low) / distance > MostSteps)
            {
                throw new ArgumentException($"Parameter '{name}': the step must be above 0 and not too small for the range, not {Show(distance)}.");
            }

            if (scale == Scale.Log)
            {
                throw new ArgumentException($"Parameter '{name}': a step of {Show(distance)} needs a linear scale; leave out the step or the log scale.");
            }
        }

        return step;
    }

    public static void CheckWhole(string name, double low, double high)
    {
        if (Math.Abs(low) > MostSteps || Math.Abs(high) > MostSteps)
        {
            throw new ArgumentException($"Parameter '{name}': whole numbers go up to {Show(MostSteps)} (2^53), not {Show(Math.Max(Math.Abs(low), Math.Abs(high)))}.");
        }
    }

    public static void Require(Parameter parameter, ParameterValue value)
    {
        if (!parameter.Contains(value))
        {
            throw new ArgumentException($"Parameter '{parameter.Name}' can't be '{value}'; allowed is {parameter.Describe()}.");
        }
    }

    public static string Show(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
