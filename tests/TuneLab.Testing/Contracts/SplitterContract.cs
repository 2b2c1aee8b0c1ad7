using TuneLab.Data;
using TuneLab.Data.Splitting;
using TuneLab.Errors;
using TuneLab.Randomness;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="ISplitter"/> promises.</summary>
/// <param name="splitter">The one under test.</param>
public abstract class SplitterContract(ISplitter splitter)
{
    private const int Seeds = 25;

    /// <summary>Whether each row is scored exactly once per repeat.</summary>
    protected virtual bool Partitions => true;

    /// <summary>Whether other seeds draw other folds in the first repeat.</summary>
    protected virtual bool UsesSeed => true;

    /// <summary>Whether other repeats draw other folds.</summary>
    protected virtual bool UsesRepeat => true;

    /// <summary>Whether a row may occur more than once in the rows to fit on.</summary>
    protected virtual bool Replaces => false;

    /// <summary>How many folds come back when so many are asked for.</summary>
    protected virtual int FoldsFor(int asked) => asked;

    [Fact]
    public void Split_AnyTable_PartsAreAscendingDisjointAndOfTheGivenRows()
        => ForEach((table, rows, folds, seed) =>
        {
            var result = splitter.Split(table, rows, folds, 2, seed);
            Assert.Equal(FoldsFor(folds), result.Count);
            for (var f = 0; f < result.Count; f++)
            {
                var fold = result[f];
                Assert.Equal((2, f), (fold.Repeat, fold.Index));
                Assert.NotEmpty(fold.Train);
                Assert.NotEmpty(fold.Valid);
                Assert.True(IsAscending(fold.Valid, strictly: true) && IsAscending(fold.Train, strictly: !Replaces), $"fold {f} is not ascending");
                Assert.Empty(fold.Train.Intersect(fold.Valid));
                Assert.Empty(fold.Train.Concat(fold.Valid).Except(rows));
            }
        });

    [Fact]
    public void Split_PartitioningKind_ScoresEachRowOnceAndFitsOnTheOthers()
        => ForEach((table, rows, folds, seed) =>
        {
            if (Partitions)
            {
                var result = splitter.Split(table, rows, folds, 0, seed);
                Assert.Equal(rows, result.SelectMany(f => f.Valid).Order());
                Assert.All(result, f => Assert.Equal(rows, f.Train.Concat(f.Valid).Order()));
            }
            else
            {
                // the others must not claim a partition that they are
                Assert.NotEqual(rows, splitter.Split(table, rows, folds, 0, seed).SelectMany(f => f.Valid).Order());
            }
        });

    [Fact]
    public void Split_SameArguments_SameFolds()
        => ForEach((table, rows, folds, seed) => Same(splitter.Split(table, rows, folds, 1, seed), splitter.Split(table, rows, folds, 1, seed)));

    [Fact]
    public void Split_OtherFeatures_SameFolds()
        => ForEach((table, rows, folds, seed) =>
        {
            var other = Table(seed.Value, features: 99);
            Same(splitter.Split(table, rows, folds, 1, seed), splitter.Split(other, rows, folds, 1, seed));
        });

    [Fact]
    public void Split_OtherSeedOrRepeat_OtherFoldsWhereDeclared()
        => ForEach((table, rows, folds, seed) =>
        {
            var first = splitter.Split(table, rows, folds, 0, seed);
            Assert.Equal(UsesSeed, Differ(first, splitter.Split(table, rows, folds, 0, seed.Child("other"))));
            Assert.Equal(UsesRepeat, Differ(first, splitter.Split(table, rows, folds, 1, seed)));
        });

    [Fact]
    public void Split_NoRows_IsAnInputError()
        => Assert.Throws<InputException>(() => splitter.Split(Table(1), [], 3, 0, new Seed(1)));

    [Fact]
    public void Catalog_Id_FindsIt() => Assert.Same(splitter, SplitterCatalog.Get(splitter.Id));

    private static TaskTable Table(ulong seed, ulong features = 1) => (seed % 3) switch
    {
        0 => LabelTable.Numbers(90 + (int)seed, seed, groups: 30, times: 40, features),
        1 => LabelTable.Classes([70 + (int)seed, 25], seed, groups: 30, times: 40, features),
        _ => LabelTable.Classes([40, 30 + (int)seed, 20], seed, groups: 30, times: 40, features),
    };

    private static void ForEach(Action<TaskTable, int[], int, Seed> check)
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var table = Table(seed);
            int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(r => r % 7 != 3)]; // a holdout is missing
            try
            {
                check(table, rows, 2 + (int)(seed % 5), new Seed(seed));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"It fails for seed {seed}: {e.Message}", e);
            }
        }
    }

    private static void Same(IReadOnlyList<Fold> a, IReadOnlyList<Fold> b)
    {
        Assert.Equal(a.Count, b.Count);
        for (var f = 0; f < a.Count; f++)
        {
            Assert.Equal(a[f].Train, b[f].Train);
            Assert.Equal(a[f].Valid, b[f].Valid);
        }
    }

    private static bool Differ(IReadOnlyList<Fold> a, IReadOnlyList<Fold> b)
        => a.Zip(b).Any(p => !p.First.Train.AsSpan().SequenceEqual(p.Second.Train) || !p.First.Valid.AsSpan().SequenceEqual(p.Second.Valid));

    private static bool IsAscending(int[] rows, bool strictly)
        => rows.Zip(rows.Skip(1)).All(p => strictly ? p.First < p.Second : p.First <= p.Second);
}
