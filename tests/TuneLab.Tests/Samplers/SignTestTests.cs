using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class SignTestTests
{
    [Theory]
    [InlineData(12, 15, 576.0 / 32768)] // (455 + 105 + 15 + 1) / 2^15
    [InlineData(0, 15, 1)]
    [InlineData(1, 1, 0.5)]
    public void PMedianAbove_CountAtOrBelow_IsTheBinomialTail(int below, int of, double p)
        => Assert.Equal(p, SignTest.PMedianAbove([.. Enumerable.Range(0, of).Select(i => i < below ? 1.0 : 2.0)], 1), 1e-12);
}
