using TuneLab.Experiments;
using TuneLab.Experiments.Forecasting;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Forecasting;

public sealed class CostModelTests
{
    private static readonly CostAxes Axes = new(new Dictionary<string, ParameterEdit>
    {
        ["rate"] = new() { Low = 0.01, High = 0.3, Scale = Scale.Log },
        ["leaves"] = new() { Low = 4, High = 256, Scale = Scale.Log },
        ["kind"] = new() { Choices = ["plain", "extra"] },
    });

    [Fact]
    public void Seconds_TrialsOfAMadeLaw_FollowItWhereNoTrialWas()
    {
        var random = new Seed(3).Random();
        var costs = Enumerable.Range(0, 20).Select(i => Cost(i, Draw(random), i < 10 ? 0.2 : 1, Math.Exp(0.1 * random.NextNormal()))).ToList();
        var model = new CostModel(Axes, costs, 0);
        var errors = new List<double>();
        for (var i = 0; i < 50; i++)
        {
            var (configuration, rows) = (Draw(random), i % 2 == 0 ? 0.5 : 1);
            errors.Add(Math.Abs(Math.Log(model.Seconds(Axes.Of(configuration), new Fidelity(rows, 1, 1)) / Law(configuration, rows))));
        }

        Assert.True(errors.Average() < Math.Log(1.2), $"the law is missed by a factor of {Math.Exp(errors.Average()):0.00} in the mean");
    }

    [Fact]
    public void Seconds_OneTrial_IsTakenAsItIsAndLessRowsAsWorkUnitsSay()
    {
        var model = new CostModel(Axes, [Cost(0, Draw(new Seed(4).Random()), 1, 1)], 0);
        var point = Axes.Of(Draw(new Seed(4).Random()));
        var whole = model.Seconds(point, Fidelity.Full);
        Assert.InRange(whole / Law(Draw(new Seed(4).Random()), 1), 0.7, 1.3);
        Assert.Equal(Math.Pow(0.5, 0.9), model.Seconds(point, new Fidelity(0.5, 1, 1)) / whole, 3);
        Assert.Equal(0.25, model.Seconds(point, new Fidelity(1, 0.25, 1)) / whole, 3);
    }

    [Fact]
    public void Seconds_NoTrial_IsWhatIsUsual()
        => Assert.Equal(2.5, new CostModel(Axes, [], Math.Log(2.5)).Seconds(new double[Axes.Count], Fidelity.Full), 6);

    [Fact]
    public void Of_ValuesOnEdgesAndOutside_StayInTheRange()
    {
        Assert.Equal([-0.5, 0.5, -0.5], Axes.Of(Of("plain", 0, 1000)));
        Assert.Equal([0.5, 0, 0], Axes.Of(new Configuration("t", [new("kind", "extra")])));
    }

    internal static TrialCost Cost(int number, Configuration configuration, double rows, double noise) => new(
        new FinishedTrial
        {
            Number = number, Stage = "coarse", Pass = 1, Configuration = configuration, Status = TrialStatus.Completed, Cached = false, Scores = [0.5, 0.5], Rows = rows, Rounds = 10,
            StartedSeconds = 100 + number, FinishedSeconds = 101 + number, FitSeconds = 1, ScoreSeconds = 0, Reason = "", Evaluations = [],
        },
        Law(configuration, rows) * noise, 1, 2 * Law(configuration, rows) * noise);

    private static double Law(Configuration configuration, double rows)
        => 0.05 * Math.Pow(rows, 0.8) * Math.Pow(configuration.Number("rate", 0), -0.5) * Math.Pow(configuration.Number("leaves", 0), 0.4) * (configuration.Choice("kind", "") == "extra" ? 0.6 : 1);

    private static Configuration Draw(SeededRandom random) => Of(random.NextDouble() < 0.5 ? "plain" : "extra", Math.Exp(Math.Log(0.01) + (random.NextDouble() * Math.Log(30))), Math.Round(4 * Math.Pow(64, random.NextDouble())));

    private static Configuration Of(string kind, double rate, double leaves) => new("t", [new("kind", kind), new("rate", rate), new("leaves", leaves)]);
}
