using TuneLab.Testing.Curves;

namespace TuneLab.Tests.Analysis.LearningCurves;

/// <summary>Curves of real tables, last point hidden: what <c>TuneLab.Benchmarks -- curves</c> prints, as bounds.</summary>
public sealed class MeasuredCurvesTests
{
    [Fact]
    public void Run_LastPointHidden_IsHeldAndTheIntervalIsNarrow()
    {
        HiddenPoint[] hidden = [.. MeasuredCurve.Load().Select(HiddenPoint.Of)];
        Assert.True(hidden.Length >= 45);
        Assert.InRange(hidden.Count(p => p.Held) / (double)hidden.Length, 0.85, 1);
        Assert.InRange(hidden.Select(p => p.Steps).Order().ElementAt(hidden.Length / 2), 0, 3);
    }

    [Fact]
    public void Run_RoundsOfTheSecondHalfHidden_AreHeld()
    {
        var hidden = HiddenRounds.Load();
        Assert.True(hidden.Count >= 40);
        Assert.InRange(hidden.Count(p => p.Held) / (double)hidden.Count, 0.85, 1);
        Assert.InRange(hidden.Select(p => p.Steps).Order().ElementAt(hidden.Count / 2), 0, 3);
    }
}
