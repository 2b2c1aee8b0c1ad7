using TuneLab.Storage;
using TuneLab.Testing.Stores;

namespace TuneLab.Testing.Contracts;

/// <summary>What a store that outlives its object does besides.</summary>
public abstract class DurableTrialStoreContract : TrialStoreContract
{
    /// <summary>Opens what <see cref="TrialStoreContract.Store"/> writes once more, beside it or after it.</summary>
    protected abstract ITrialStore OpenAgain();

    [Fact]
    public void OpenAgain_AfterDispose_EverythingIsThere()
    {
        var id = Experiment("a");
        Store.UpdateExperiment(id, ExperimentState.Finished, "target", 3.5, "{}");
        Store.AddEvaluation(StoreSamples.Evaluation(1));
        Store.AddTrial(id, StoreSamples.Trial(1));
        Store.AddStage(id, StoreSamples.Stage(0));
        Store.PutBlob(id, "model", [1, 2, 3]);
        Store.AddPredictions(StoreSamples.Key(1), [0.1f, 0.9f]);
        Store.AddLook(new HoldoutLook("h", id, "c", Time.GetUtcNow()));
        var experiments = Store.Experiments();
        var looks = Store.Looks("h");
        Store.Dispose();

        using var again = OpenAgain();
        Assert.Equal(experiments, again.Experiments());
        Assert.Equal(looks, again.Looks("h"));
        SameRecord.Assert(StoreSamples.Evaluation(1), again.FindEvaluation(StoreSamples.Key(1)));
        SameRecord.Assert(StoreSamples.Trial(1), Assert.Single(again.Trials(id)));
        SameRecord.Assert(StoreSamples.Stage(0), Assert.Single(again.Stages(id)));
        Assert.Equal(new byte[] { 1, 2, 3 }, again.FindBlob(id, "model"));
        Assert.Equal([0.1f, 0.9f], again.FindPredictions(StoreSamples.Key(1))!);
        Assert.Equal(id, again.OpenExperiment(StoreSamples.Hash("a"), "a", "fingerprint", "{}").Id);
    }

    [Fact]
    public void OpenAgain_Beside_EachSeesTheOther()
    {
        using var other = OpenAgain();
        var id = Experiment("a");
        Assert.Equal(id, other.OpenExperiment(StoreSamples.Hash("a"), "a", "fingerprint", "{}").Id);
        Store.AddEvaluation(StoreSamples.Evaluation(1));
        other.AddEvaluation(StoreSamples.Evaluation(2));
        Assert.Equal(2, Store.FindEvaluations([StoreSamples.Key(1), StoreSamples.Key(2)]).Count);
        Assert.Equal(2, other.FindEvaluations([StoreSamples.Key(1), StoreSamples.Key(2)]).Count);
    }

    [Fact]
    public void OpenAgain_BothWriteAtOnce_NothingIsLostOrRefused()
    {
        using var other = OpenAgain();
        ITrialStore[] stores = [Store, other];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, worker =>
        {
            for (var i = 0; i < 200; i++)
            {
                stores[worker % 2].AddEvaluation(StoreSamples.Evaluation((worker * 200) + i));
            }
        });
        Assert.Equal(800, Store.FindEvaluations([.. Enumerable.Range(0, 800).Select(StoreSamples.Key)]).Count);
    }

    [Fact]
    public void TryLock_OtherInstance_IsExcludedUntilReleased()
    {
        using var other = OpenAgain();
        var id = Experiment("a");
        using (Store.TryLock(id))
        {
            Assert.Null(other.TryLock(id));
        }

        using var taken = other.TryLock(id);
        Assert.NotNull(taken);
        Assert.Null(Store.TryLock(id));
    }
}
