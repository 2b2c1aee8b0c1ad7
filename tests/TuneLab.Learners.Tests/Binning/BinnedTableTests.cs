using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Binning;
using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Binning;

public sealed class BinnedTableTests
{
    private const int Rows = 3000;

    [Fact]
    public void Of_AnyTable_HoldsTheBinOfEveryCell()
    {
        var fold = Mixed();
        foreach (var most in new[] { 255, 40, 2 })
        {
            var table = BinnedTable.Of(fold, most, 1);
            Assert.Contains(table.Places, p => p.Bundled);
            var bins = new byte[Rows];
            for (var f = 0; f < table.Features.Length; f++)
            {
                if (table.Places[f].Column >= 0)
                {
                    table.Features[f].Bin(fold.Table.Columns[f], 0, bins);
                    Assert.Equal(bins, Enumerable.Range(0, Rows).Select(r => table.Bin(f, r)));
                    Assert.Equal(bins.Contains((byte)table.Features[f].MissingBin), table.HasMissing[f]);
                    Assert.InRange(table.Features[f].ValueBins, 1, most);
                }
            }
        }
    }

    [Fact]
    public void Of_OneHotColumns_ShareOneColumn()
    {
        var table = BinnedTable.Of(Mixed(), 255, 1);
        var hot = Enumerable.Range(0, 40).Select(i => table.Places[2 + i]).ToArray();
        Assert.Single(hot.Select(p => p.Column).Distinct());
        Assert.Equal(40, hot.Select(p => p.First).Distinct().Count());
    }

    [Fact]
    public void Of_FewerBins_SharesTheBlocksWhereNothingChanges()
    {
        FeatureColumn[] columns = [.. Enumerable.Range(0, 8).Select(_ => Normal(1)), .. Enumerable.Range(0, 70).Select(i => SampleFold.Numbers("few" + i, [.. Enumerable.Range(0, Rows).Select(r => (float)(r * (i + 3) % 11))]))];
        var fold = SampleFold.Make(LearningTask.Regression, columns, new double[Rows]);
        var (fine, coarse) = (BinnedTable.Of(fold, 255, 1), BinnedTable.Of(fold, 30, 1));
        Assert.Same(fine.Blocks[^1].Bytes, coarse.Blocks[^1].Bytes);
        Assert.NotSame(fine.Blocks[0].Bytes, coarse.Blocks[0].Bytes);
        Assert.Same(fine, BinnedTable.Of(fold, 255, 1));
    }

    [Fact]
    public void Fit_ExclusiveColumns_GivesTheModelThatItGivesWithoutSharing()
    {
        // one more row, where all are away from their usual bin, keeps the columns of the second table apart; it is no training row
        var fold = Mixed();
        var apart = new PreparedFold(LearningTask.Regression, 1, new FeatureTable([.. fold.Table.Columns.Select(Longer)], Rows + 1), [.. fold.Target, 0], null, fold.Train);
        Assert.DoesNotContain(BinnedTable.Of(apart, 255, 1).Places, p => p.Bundled);
        var trainer = new BoostingTrainer();
        foreach (var extra in new[] { "no", "yes" })
        {
            var configuration = Fits.Free(trainer, ("rounds", 30), ("leaves", 15), ("extra_trees", extra));
            Assert.Equal(Fits.Model(trainer, apart, configuration).Predict(fold.Table), Fits.Model(trainer, fold, configuration).Predict(fold.Table));
        }
    }

    [Fact]
    public void Share_CancelledWhileMaking_LeavesTheFoldAsItWas()
    {
        var fold = Mixed();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => BinnedTable.Of(fold, 255, 1, cancelled.Token));
        Assert.Equal(Rows, BinnedTable.Of(fold, 255, 1).RowCount);
    }

    /// <summary>Two dense columns, forty that are 1 in different rows, a sparse one with missing values, a constant one.</summary>
    private static PreparedFold Mixed()
    {
        var codes = Enumerable.Range(0, Rows).Select(i => i * 7 % 50).ToArray();
        FeatureColumn[] columns =
        [
            Normal(1), Normal(2),
            .. Enumerable.Range(0, 40).Select(k => SampleFold.Numbers("hot" + k, [.. codes.Select(c => c == k ? 1f : 0)])),
            SampleFold.Numbers("sparse", [.. codes.Select(c => c == 45 ? 3f : c == 46 ? float.NaN : c == 47 ? -1f : 0)]),
            SampleFold.Numbers("constant", [.. codes.Select(_ => 4f)]),
        ];
        var x = ((NumericFeature)columns[0]).Values;
        return SampleFold.Make(LearningTask.Regression, columns, [.. codes.Select((c, i) => (c % 3) + (c == 46 ? 5 : 0) + 0.3 * x[i])]);
    }

    private static NumericFeature Normal(ulong seed)
    {
        var random = new SeededRandom(seed);
        return SampleFold.Numbers("x" + seed, [.. Enumerable.Range(0, Rows).Select(_ => (float)random.NextNormal())]);
    }

    private static FeatureColumn Longer(FeatureColumn column) => column is NumericFeature numeric ? numeric with { Values = [.. numeric.Values, numeric.Name switch { "constant" => 4, "sparse" => 3, _ => 1 }] } : column;
}
