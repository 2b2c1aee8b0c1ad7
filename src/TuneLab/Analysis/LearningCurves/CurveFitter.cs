namespace TuneLab.Analysis.LearningCurves;

/// <summary>
/// Fits curves to points of the same sizes and errors, by weighted least squares. With the rate given a curve is linear in asymptote and gap, which are then had in one step (variable projection; Golub and Pereyra 1973), so that only the rate is
/// searched, on a grid and then by golden section: no starting values, no failures. A curve that would get worse with size is level instead.
/// </summary>
internal sealed class CurveFitter
{
    private const int Grid = 48;
    private const int Sections = 20;

    // in misfit, which is AIC for forms of equally many parameters: less than 2 says little (Burnham and Anderson 2002, section 2.6)
    private const double ClearlyCloser = 2;
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    private readonly double[] _sizes;
    private readonly double[] _weights;
    private readonly double _largest;
    private readonly int _better;
    private readonly (CurveForm Form, double[] Rates, double[][] Basis)[] _forms;

    /// <param name="sizes">[points] above 0.</param>
    /// <param name="errors">[points] standard errors, above 0.</param>
    /// <param name="higherIsBetter">The direction.</param>
    public CurveFitter(double[] sizes, double[] errors, bool higherIsBetter)
    {
        _largest = sizes.Max();
        _sizes = Array.ConvertAll(sizes, s => s / _largest);
        _weights = Array.ConvertAll(errors, e => 1 / (e * e));
        _better = higherIsBetter ? 1 : -1;
        _forms = [.. Enum.GetValues<CurveForm>().Select(form =>
        {
            var (least, most) = Rates(form);
            double[] rates = [.. Enumerable.Range(0, Grid).Select(i => least * Math.Pow(most / least, i / (Grid - 1.0)))];
            return (form, rates, Array.ConvertAll(rates, rate => Basis(form, rate)));
        })];
    }

    /// <summary>The slowest and the fastest rate. The slowest are those at which a doubling of the size brings about as much as the doubling before: returns do not grow.</summary>
    public static (double Least, double Most) Rates(CurveForm form) => form == CurveForm.Power ? (0.02, 8) : (1, 64);

    /// <summary>
    /// The power law, which most learning curves follow (Viering and Loog 2023, section 4), unless the exponential lies clearly closer to the points. Both have three parameters, so AIC, AICc and BIC differ by the difference of the misfits alone; four or five
    /// points seldom make it large, and where it is small an exponential, which levels off at once, would promise too little.
    /// </summary>
    /// <param name="scores">[points].</param>
    public FittedCurve Fit(double[] scores)
    {
        var (power, exponential) = (Fit(CurveForm.Power, scores), Fit(CurveForm.Exponential, scores));
        return exponential.Misfit < power.Misfit - ClearlyCloser ? exponential : power;
    }

    /// <summary>The best curve of a form.</summary>
    public FittedCurve Fit(CurveForm form, double[] scores)
    {
        var (_, rates, basis) = _forms[(int)form];
        var best = 0;
        var least = double.PositiveInfinity;
        for (var i = 0; i < rates.Length; i++)
        {
            if (Solve(basis[i], scores).Misfit is var misfit && misfit < least)
            {
                (best, least) = (i, misfit);
            }
        }

        var (low, high) = (Math.Log(rates[Math.Max(0, best - 1)]), Math.Log(rates[Math.Min(rates.Length - 1, best + 1)]));
        var (a, b) = (high - Golden * (high - low), low + Golden * (high - low));
        var (atA, atB) = (Misfit(a), Misfit(b));
        for (var i = 0; i < Sections; i++)
        {
            if (atA <= atB)
            {
                (high, b, atB) = (b, a, atA);
                a = high - Golden * (high - low);
                atA = Misfit(a);
            }
            else
            {
                (low, a, atA) = (a, b, atB);
                b = low + Golden * (high - low);
                atB = Misfit(b);
            }
        }

        var rate = Math.Min(atA, atB) < least ? Math.Exp(atA <= atB ? a : b) : rates[best];
        var (asymptote, gap, sum) = Solve(Basis(form, rate), scores);
        return new FittedCurve(form, asymptote, gap, rate, _largest, sum);

        double Misfit(double logRate) => Solve(Basis(form, Math.Exp(logRate)), scores).Misfit;
    }

    /// <summary>The sum of the squared distances from the weighted mean, in errors.</summary>
    public double LevelMisfit(double[] scores) => Level(scores).Misfit;

    private double[] Basis(CurveForm form, double rate) => Array.ConvertAll(_sizes, s => FittedCurve.Basis(form, rate, s));

    private (double Asymptote, double Gap, double Misfit) Solve(double[] basis, double[] scores)
    {
        double sum = 0, basisMean = 0, scoreMean = 0;
        for (var i = 0; i < basis.Length; i++)
        {
            sum += _weights[i];
            basisMean += _weights[i] * basis[i];
            scoreMean += _weights[i] * scores[i];
        }

        basisMean /= sum;
        scoreMean /= sum;
        double covariance = 0, variance = 0;
        for (var i = 0; i < basis.Length; i++)
        {
            covariance += _weights[i] * (basis[i] - basisMean) * (scores[i] - scoreMean);
            variance += _weights[i] * (basis[i] - basisMean) * (basis[i] - basisMean);
        }

        var gap = covariance / variance;
        if (!(gap * _better < 0) || !double.IsFinite(gap))
        {
            return Level(scores);
        }

        var misfit = 0.0;
        for (var i = 0; i < basis.Length; i++)
        {
            var away = scores[i] - scoreMean - gap * (basis[i] - basisMean);
            misfit += _weights[i] * away * away;
        }

        return (scoreMean - gap * basisMean, gap, misfit);
    }

    private (double Asymptote, double Gap, double Misfit) Level(double[] scores)
    {
        double sum = 0, mean = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            sum += _weights[i];
            mean += _weights[i] * scores[i];
        }

        mean /= sum;
        var misfit = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            misfit += _weights[i] * (scores[i] - mean) * (scores[i] - mean);
        }

        return (mean, 0, misfit);
    }
}
