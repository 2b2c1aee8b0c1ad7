namespace TuneLab.Samplers.CmaEs;

/// <summary>
/// The probabilities of the choices of one parameter; immutable. They move towards the choices of the better half of each generation, and none falls below a floor
/// (the categorical part of Hamano, Saito, Nomura, Uchida, Shirakawa 2024, CatCMA, with its margin; the rate is fixed here: generations are few).
/// </summary>
internal sealed class ChoiceOdds
{
    private const double Rate = 0.4;

    private readonly double[] _odds;

    private ChoiceOdds(double[] odds) => _odds = odds;

    /// <param name="count">How many choices.</param>
    /// <param name="start">The choice of the start point, which half of the probability is given to; -1: none.</param>
    public static ChoiceOdds Start(int count, int start)
    {
        var odds = new double[count];
        for (var i = 0; i < count; i++)
        {
            odds[i] = start < 0 ? 1.0 / count : 0.5 / count + (i == start ? 0.5 : 0);
        }

        return new ChoiceOdds(odds);
    }

    /// <summary>The choice for a uniform number.</summary>
    public int Draw(double uniform)
    {
        for (var i = 0; i < _odds.Length - 1; i++)
        {
            uniform -= _odds[i];
            if (uniform < 0)
            {
                return i;
            }
        }

        return _odds.Length - 1;
    }

    /// <summary>The probabilities after a generation.</summary>
    /// <param name="chosen">[parents] choices, best first; -1 counts for none.</param>
    /// <param name="weights">[parents or more] their weights, adding up to 1 over the parents.</param>
    /// <param name="floor">The least probability of each, below 1 / choices.</param>
    public ChoiceOdds Next(IEnumerable<int> chosen, double[] weights, double floor)
    {
        var odds = (double[])_odds.Clone();
        var k = 0;
        foreach (var choice in chosen)
        {
            var weight = Rate * weights[k++];
            if (choice >= 0)
            {
                for (var i = 0; i < odds.Length; i++)
                {
                    odds[i] += weight * ((i == choice ? 1 : 0) - _odds[i]);
                }
            }
        }

        // what the raised ones gain is taken from the others in proportion to what they have above the floor
        var excess = odds.Sum(o => Math.Max(o - floor, 0));
        var free = 1 - odds.Length * floor;
        return new ChoiceOdds([.. odds.Select(o => floor + Math.Max(o - floor, 0) / excess * free)]);
    }
}
