using TuneLab.Experiments.Commands;
using TuneLab.Metrics;

namespace TuneLab.Tests.Experiments.Commands;

public class ScoreCurveTests
{
    [Fact]
    public void Add_LinesOfAllKinds_KeepsCheckpointsAndTheLastScore()
    {
        var curve = Curve("epoch 1", "{\"score\": 0.5}", "{\"round\": 10, \"score\": 0.6, \"time\": 3}", "{broken", "[1]", "  {\"score\": 0.7, \"note\": \"x\"}  ", "done");

        Assert.Null(curve.Fault);
        Assert.Equal([1, 10, 11], curve.Rounds);
        Assert.Equal([-0.5, -0.6, -0.7], curve.Losses);
        Assert.Equal(["score", "time"], curve.Metrics);
        Assert.Equal([0.5, double.NaN, 0.6, 3, 0.7, double.NaN], curve.Scores(curve.Metrics));
    }

    [Fact]
    public void Losses_LessIsBetter_AreTheScores()
    {
        var curve = new ScoreCurve(new ReportedScore("loss", false));
        curve.Add("{\"loss\": 2}");
        Assert.Equal([2.0], curve.Losses);
    }

    [Theory]
    [InlineData("nothing", "no JSON line")]
    [InlineData("{\"scor\": 1}", "no number 'score'")]
    [InlineData("{\"score\": NaN}", "no number 'score'")]
    [InlineData("{\"score\": -Infinity, \"a\": [NaN]}", "no number 'score'")]
    [InlineData("{\"score\": null}", "no number 'score'")]
    [InlineData("{\"score\": \"0.9\"}", "no number 'score'")]
    [InlineData("{\"score\": 1e999}", "no number 'score'")]
    public void Fault_NoScoreInTheLastLine_SaysSo(string last, string words)
        => Assert.Contains(words, (last[0] == '{' ? Curve("{\"score\": 0.5}", last) : Curve(last)).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"round\": 5, \"score\": 1}", 5)]
    [InlineData("{\"round\": 3, \"score\": 1}", 4)]
    [InlineData("{\"round\": -1, \"score\": 1}", 4)]
    [InlineData("{\"score\": 1}", 4)]
    public void Rounds_OnlyAscend(string line, int expected) => Assert.Equal([3, expected], Curve("{\"round\": 3, \"score\": 1}", line).Rounds);

    private static ScoreCurve Curve(params string[] lines)
    {
        var curve = new ScoreCurve(new ReportedScore("score", true));
        Array.ForEach(lines, l => curve.Add(l));
        return curve;
    }
}
