namespace TuneLab.Learners.Tests;

public sealed class TeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void For_ManyCalls_DoesEveryPieceOnce(int threads)
    {
        var team = new Team(threads);
        for (var call = 0; call < 3000; call++)
        {
            var done = new int[1 + call % 9];
            team.For(done.Length, i => Interlocked.Increment(ref done[i]));
            Assert.All(done, d => Assert.Equal(1, d));
        }
    }

    [Fact]
    public void For_PieceThatFails_ThrowsItsExceptionAndGoesOnWorking()
    {
        var team = new Team(3);
        Assert.Throws<FormatException>(() => team.For(20, i => throw new FormatException()));
        var sum = 0;
        team.For(20, i => Interlocked.Add(ref sum, i));
        Assert.Equal(190, sum);
    }

    [Fact]
    public void For_SeveralThreads_WorkAtTheSameTime()
    {
        // two pieces that wait for each other can't be done by one thread
        using var meeting = new Barrier(2);
        var met = 0;
        new Team(2).For(2, _ =>
        {
            if (meeting.SignalAndWait(TimeSpan.FromSeconds(30)))
            {
                Interlocked.Increment(ref met);
            }
        });
        Assert.Equal(2, met);
    }
}
