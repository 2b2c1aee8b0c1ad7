using TuneLab.Hosting.Folds;

namespace TuneLab.Hosting.Tests.Folds;

public sealed class FoldFolderTests
{
    [Fact]
    public void New_WhileOthersAreMadeAndLookForAbandonedOnes_StaysUntilItIsDisposed()
        => Parallel.For(0, 16, _ =>
        {
            for (var i = 0; i < 50; i++)
            {
                using var folder = new FoldFolder();
                var file = folder.Next();
                File.WriteAllText(file, "fold");
                Assert.Equal("fold", File.ReadAllText(file));
            }
        });
}
