using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Testing.Stores;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="ITrialStore"/> does. A derived class opens an empty store per test.</summary>
public abstract class TrialStoreContract : IDisposable
{
    private ITrialStore? _store;

    /// <summary>The clock that the store was given.</summary>
    protected ManualTime Time { get; } = new();

    /// <summary>The store under test, opened at first use.</summary>
    protected ITrialStore Store => _store ??= Create();

    /// <summary>Opens an empty store on <see cref="Time"/>.</summary>
    protected abstract ITrialStore Create();

    /// <inheritdoc/>
    public virtual void Dispose() => _store?.Dispose();

    [Fact]
    public void FindEvaluation_UnknownKey_IsNull() => Assert.Null(Store.FindEvaluation(StoreSamples.Key(0)));

    [Fact]
    public void FindEvaluation_Added_IsTheSame()
    {
        var added = StoreSamples.Evaluation(3);
        Store.AddEvaluation(added);
        SameRecord.Assert(added, Store.FindEvaluation(added.Key));
    }

    [Fact]
    public void AddEvaluation_SameKeyTwice_KeepsTheFirst()
    {
        var first = StoreSamples.Evaluation(1);
        Store.AddEvaluation(first);
        Store.AddEvaluation(StoreSamples.Evaluation(2) with { Key = first.Key });
        SameRecord.Assert(first, Store.FindEvaluation(first.Key));
    }

    [Fact]
    public void AddEvaluation_NaNAndInfinities_RoundTrip()
    {
        double[] hard = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue];
        var added = StoreSamples.Evaluation(1) with { Rounds = [0, -1, 1, 2, 3, int.MaxValue], Losses = hard, Scores = [.. hard, .. hard], FitSeconds = double.NaN, ScoreSeconds = double.PositiveInfinity };
        Store.AddEvaluation(added);
        SameRecord.Assert(added, Store.FindEvaluation(added.Key));
    }

    [Fact]
    public void AddEvaluation_EmptyArrays_RoundTrip()
    {
        var added = StoreSamples.Evaluation(1) with { Rounds = [], Losses = [], Metrics = [], Scores = [] };
        Store.AddEvaluation(added);
        SameRecord.Assert(added, Store.FindEvaluation(added.Key));
    }

    [Fact]
    public void FindEvaluations_SomeThere_AreFound()
    {
        var added = Enumerable.Range(0, 300).Select(StoreSamples.Evaluation).ToDictionary(e => e.Key);
        foreach (var evaluation in added.Values)
        {
            Store.AddEvaluation(evaluation);
        }

        var asked = Enumerable.Range(100, 400).Select(StoreSamples.Key).ToList();
        var found = Store.FindEvaluations(asked);
        Assert.Equal(asked.Where(added.ContainsKey).Order(), found.Keys.Order());
        Assert.All(found, pair => SameRecord.Assert(added[pair.Key], pair.Value));
    }

    [Fact]
    public void FindEvaluations_TenThousandAndRepeatedKeys_AreFoundOnce()
    {
        Store.AddEvaluation(StoreSamples.Evaluation(9_999));
        var keys = Enumerable.Range(0, 10_000).Select(StoreSamples.Key).Concat([StoreSamples.Key(9_999)]).ToList();
        Assert.Equal(StoreSamples.Key(9_999), Assert.Single(Store.FindEvaluations(keys)).Key);
    }

    [Fact]
    public void FindEvaluations_NoKeys_IsEmpty() => Assert.Empty(Store.FindEvaluations([]));

    [Fact]
    public void AddEvaluation_ManyThreadsWithOverlap_AllThereAndReadable()
    {
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, worker =>
        {
            for (var i = 0; i < 100; i++)
            {
                var number = (worker / 2 * 100) + i; // two workers each add the same
                Store.AddEvaluation(StoreSamples.Evaluation(number));
                SameRecord.Assert(StoreSamples.Evaluation(number), Store.FindEvaluation(StoreSamples.Key(number)));
            }
        });
        Assert.Equal(400, Store.FindEvaluations([.. Enumerable.Range(0, 500).Select(StoreSamples.Key)]).Count);
    }

    [Fact]
    public void FindPredictions_UnknownKey_IsNull() => Assert.Null(Store.FindPredictions(StoreSamples.Key(0)));

    [Fact]
    public void AddPredictions_HardNumbers_RoundTripBitForBit()
    {
        float[] added = [0.1f, -0.0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue];
        Store.AddPredictions(StoreSamples.Key(1), added);
        Store.AddPredictions(StoreSamples.Key(2), []);
        Assert.Equal(added.Select(BitConverter.SingleToInt32Bits), Store.FindPredictions(StoreSamples.Key(1))!.Select(BitConverter.SingleToInt32Bits));
        Assert.Empty(Store.FindPredictions(StoreSamples.Key(2))!);
        Assert.Null(Store.FindEvaluation(StoreSamples.Key(1)));
    }

    [Fact]
    public void AddPredictions_SameKeyTwice_KeepsTheFirst()
    {
        Store.AddPredictions(StoreSamples.Key(1), [1, 2]);
        Store.AddPredictions(StoreSamples.Key(1), [3]);
        Assert.Equal([1f, 2f], Store.FindPredictions(StoreSamples.Key(1))!);
    }

    [Fact]
    public void AddPredictions_ArrayWrittenLater_KeepsWhatItWas()
    {
        float[] values = [1, 2];
        Store.AddPredictions(StoreSamples.Key(1), values);
        values[0] = 9;
        Store.FindPredictions(StoreSamples.Key(1))![1] = 9;
        Assert.Equal([1f, 2f], Store.FindPredictions(StoreSamples.Key(1))!);
    }

    [Fact]
    public void OpenExperiment_New_IsRunningFromNow()
    {
        var record = Store.OpenExperiment(StoreSamples.Hash("a"), "Übung 実験 \u0001\n\"'; DROP", "fingerprint", "{\"plan\":1}");
        Assert.Equal(
            new ExperimentRecord
            {
                Id = record.Id,
                Identity = StoreSamples.Hash("a"),
                Name = "Übung 実験 \u0001\n\"'; DROP",
                Fingerprint = "fingerprint",
                Plan = "{\"plan\":1}",
                State = ExperimentState.Running,
                Reason = "",
                Created = Time.GetUtcNow(),
                Updated = Time.GetUtcNow(),
                ActiveSeconds = 0,
                Result = null,
            },
            record);
        Assert.Equal(record, Assert.Single(Store.Experiments()));
    }

    [Fact]
    public void OpenExperiment_Twice_SameIdFirstPlanNewName()
    {
        var first = Store.OpenExperiment(StoreSamples.Hash("a"), "old", "f", "plan");
        Time.Advance(TimeSpan.FromMinutes(1));
        var again = Store.OpenExperiment(StoreSamples.Hash("a"), "old", "f", "other plan");
        Assert.Equal(first, again);
        var renamed = Store.OpenExperiment(StoreSamples.Hash("a"), "new", "f", "other plan");
        Assert.Equal(first with { Name = "new", Updated = Time.GetUtcNow() }, renamed);
        Assert.Equal(renamed, Assert.Single(Store.Experiments()));
    }

    [Fact]
    public void OpenExperiment_FromManyThreads_OneExperiment()
    {
        var ids = new long[16];
        Parallel.For(0, ids.Length, i => ids[i] = Store.OpenExperiment(StoreSamples.Hash("a"), "a", "f", "p").Id);
        Assert.Single(ids.Distinct());
        Assert.Single(Store.Experiments());
    }

    [Fact]
    public void Experiments_Several_AreOrderedById()
    {
        var ids = Enumerable.Range(0, 20).Select(i => Experiment("e" + i)).ToList();
        Assert.Equal(ids, Store.Experiments().Select(e => e.Id));
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(20, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(ExperimentState.Running)]
    [InlineData(ExperimentState.Stopped)]
    [InlineData(ExperimentState.Finished)]
    [InlineData(ExperimentState.Failed)]
    public void UpdateExperiment_State_IsKept(ExperimentState state)
    {
        var before = Store.OpenExperiment(StoreSamples.Hash("a"), "a", "f", "p");
        Time.Advance(TimeSpan.FromTicks(12_345_678_901));
        Store.UpdateExperiment(before.Id, state, "because", 12.75, "{\"best\":1}");
        Assert.Equal(
            before with { State = state, Reason = "because", ActiveSeconds = 12.75, Result = "{\"best\":1}", Updated = Time.GetUtcNow() }, Assert.Single(Store.Experiments()));
    }

    [Fact]
    public void UpdateExperiment_NullResult_KeepsTheOldOne()
    {
        var id = Experiment("a");
        Store.UpdateExperiment(id, ExperimentState.Finished, "", 1, "first");
        Store.UpdateExperiment(id, ExperimentState.Running, "", 2, null);
        Assert.Equal("first", Assert.Single(Store.Experiments()).Result);
    }

    [Fact]
    public void Write_UnknownExperiment_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Store.UpdateExperiment(7, ExperimentState.Finished, "", 1, null));
        Assert.Throws<ArgumentException>(() => Store.AddTrial(7, StoreSamples.Trial(0)));
        Assert.Throws<ArgumentException>(() => Store.AddStage(7, StoreSamples.Stage(0)));
        Assert.Throws<ArgumentException>(() => Store.PutBlob(7, "model", [1]));
        Assert.Throws<ArgumentException>(() => Store.AddLook(new HoldoutLook("h", 7, "c", Time.GetUtcNow())));
        Assert.Throws<ArgumentException>(() => Store.AddNote(new JournalNote(7, "n", Time.GetUtcNow())));
    }

    [Fact]
    public void Read_UnknownExperiment_IsEmpty()
    {
        Assert.Empty(Store.Trials(7));
        Assert.Empty(Store.Stages(7));
        Assert.Null(Store.FindBlob(7, "model"));
        Assert.Empty(Store.Looks("h"));
        Assert.Empty(Store.Notes());
    }

    [Fact]
    public void Trials_AddedInAnyOrder_AreByNumber()
    {
        var id = Experiment("a");
        var other = Experiment("b");
        foreach (var number in new[] { 5, 0, 12, 3, 101, 2 })
        {
            Store.AddTrial(id, StoreSamples.Trial(number));
            Store.AddTrial(other, StoreSamples.Trial(number + 1));
        }

        var trials = Store.Trials(id);
        Assert.Equal([0, 2, 3, 5, 12, 101], trials.Select(t => t.Number));
        Assert.All(trials, t => SameRecord.Assert(StoreSamples.Trial(t.Number), t));
    }

    [Fact]
    public void AddTrial_SameNumberTwice_KeepsTheFirst()
    {
        var id = Experiment("a");
        Store.AddTrial(id, StoreSamples.Trial(4));
        Store.AddTrial(id, StoreSamples.Trial(9) with { Number = 4 });
        SameRecord.Assert(StoreSamples.Trial(4), Assert.Single(Store.Trials(id)));
    }

    [Fact]
    public void AddTrial_FailedWithNothing_RoundTrips()
    {
        var id = Experiment("a");
        var failed = StoreSamples.Trial(0) with { Status = TrialStatus.Failed, Scores = [], Evaluations = [], Rounds = 0, FitSeconds = double.NaN, Reason = "fold 2: « nichts gelernt » 💥" };
        var pruned = StoreSamples.Trial(1) with { Status = TrialStatus.Pruned, Scores = [double.NaN, double.NegativeInfinity], Reason = "median" };
        Store.AddTrial(id, failed);
        Store.AddTrial(id, pruned);
        Assert.Collection(Store.Trials(id), t => SameRecord.Assert(failed, t), t => SameRecord.Assert(pruned, t));
    }

    [Fact]
    public void AddTrial_AwkwardConfiguration_RoundTrips()
    {
        var id = Experiment("a");
        var trial = StoreSamples.Trial(0) with
        {
            Configuration = new Configuration(
                "λ,{}",
                [
                    new("number like a name", "3"), new("number", 3), new("third", 1.0 / 3), new("tiny", double.Epsilon), new("huge", -double.MaxValue), new("up", double.PositiveInfinity),
                    new("down", double.NegativeInfinity), new("", ""), new("quote\"=,", "a=b,c}\\\n"), new("数", "値"),
                ]),
        };
        Store.AddTrial(id, trial);
        SameRecord.Assert(trial, Assert.Single(Store.Trials(id)));
    }

    [Fact]
    public void Stages_AddedTwice_KeepTheFirstByPass()
    {
        var id = Experiment("a");
        var bare = StoreSamples.Stage(1) with { Notes = [], Seconds = double.NaN };
        Store.AddStage(id, StoreSamples.Stage(10));
        Store.AddStage(id, bare);
        Store.AddStage(id, StoreSamples.Stage(10) with { Reason = "another" });
        Assert.Collection(Store.Stages(id), s => SameRecord.Assert(bare, s), s => SameRecord.Assert(StoreSamples.Stage(10), s));
    }

    [Fact]
    public void PutBlob_SeveralMegabytes_ReplacesWhatHadTheName()
    {
        var id = Experiment("a");
        var first = Bytes(3_000_000, 1);
        var second = Bytes(5_000_001, 2);
        Store.PutBlob(id, "model.zip", first);
        Store.PutBlob(id, "empty", []);
        Assert.Equal(first, Store.FindBlob(id, "model.zip"));
        Store.PutBlob(id, "model.zip", second);
        Assert.Equal(second, Store.FindBlob(id, "model.zip"));
        Assert.Empty(Store.FindBlob(id, "empty")!);
        Assert.Null(Store.FindBlob(id, "other"));
    }

    [Fact]
    public void DropBlobs_StartOfSomeNames_LeavesTheOthers()
    {
        var (a, b) = (Experiment("a"), Experiment("b"));
        foreach (var name in new[] { "paused/1", "paused/2", "paused", "Paused/1", "a paused/1" })
        {
            Store.PutBlob(a, name, [1]);
            Store.PutBlob(b, name, [2]);
        }

        Store.DropBlobs(a, "paused/");
        Store.DropBlobs(a, "nothing");
        Store.DropBlobs(7, "paused/");
        Assert.All(["paused/1", "paused/2"], n => Assert.Null(Store.FindBlob(a, n)));
        Assert.All(["paused", "Paused/1", "a paused/1"], n => Assert.NotNull(Store.FindBlob(a, n)));
        Assert.NotNull(Store.FindBlob(b, "paused/1"));
    }

    [Fact]
    public void PutBlob_ArrayWrittenLater_KeepsWhatItWas()
    {
        var id = Experiment("a");
        byte[] bytes = [1, 2, 3];
        Store.PutBlob(id, "b", bytes);
        bytes[0] = 9;
        Store.FindBlob(id, "b")![1] = 9;
        Assert.Equal(new byte[] { 1, 2, 3 }, Store.FindBlob(id, "b"));
    }

    [Fact]
    public void AddLook_SameExperimentAndConfiguration_CountsOnce()
    {
        var a = Experiment("a");
        var b = Experiment("b");
        var now = Time.GetUtcNow();
        var late = new HoldoutLook("h", a, "forest{trees=10}", now.AddSeconds(5));
        var early = new HoldoutLook("h", b, "forest{trees=10}", now.AddTicks(1));
        var middle = new HoldoutLook("h", a, "forest{trees=20}", now.AddSeconds(1));
        foreach (var look in new[] { late, early, middle, late with { When = now.AddHours(1) }, late with { Holdout = "other" } })
        {
            Store.AddLook(look);
        }

        Assert.Equal([early, middle, late], Store.Looks("h"));
        Assert.Single(Store.Looks("other"));
    }

    [Fact]
    public void Notes_AddedInAnyOrder_AreOldestFirst()
    {
        var a = Experiment("a");
        var now = Time.GetUtcNow();
        JournalNote late = new(a, "the label is noisy, \u00e4\u20ac", now.AddSeconds(5)), early = new(null, "ask for more rows", now);
        foreach (var note in new[] { late, early, late })
        {
            Store.AddNote(note);
        }

        Assert.Equal([early, late, late], Store.Notes());
    }

    [Fact]
    public void TryLock_Held_ExcludesUntilReleased()
    {
        var a = Experiment("a");
        var b = Experiment("b");
        var held = Store.TryLock(a);
        Assert.NotNull(held);
        Assert.Null(Store.TryLock(a));
        using var other = Store.TryLock(b);
        Assert.NotNull(other);
        held.Dispose();
        using var again = Store.TryLock(a);
        Assert.NotNull(again);
        held.Dispose(); // once more: must not release what another holds
        Assert.Null(Store.TryLock(a));
    }

    [Fact]
    public void TryLock_ManyThreads_OneGetsIt()
    {
        var id = Experiment("a");
        var handles = new IDisposable?[32];
        Parallel.For(0, handles.Length, i => handles[i] = Store.TryLock(id));
        Assert.Single(handles, h => h is not null);
        Assert.Single(handles, h => h is not null)!.Dispose();
    }

    [Fact]
    public void Location_Always_SaysSomething()
    {
        Assert.NotEmpty(Store.Location);
        Assert.True(Store.SchemaVersion >= 1);
    }

    /// <summary>An experiment's id, made if it is not there.</summary>
    protected long Experiment(string name) => Store.OpenExperiment(StoreSamples.Hash(name), name, "fingerprint", "{}").Id;

    private static byte[] Bytes(int length, int step)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * step) + (i >> 8));
        }

        return bytes;
    }
}
