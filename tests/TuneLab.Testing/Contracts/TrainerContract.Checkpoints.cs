using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Testing.Contracts;

/// <summary>Runs that are written between rounds and go on elsewhere.</summary>
public abstract partial class TrainerContract
{
    [Theory]
    [MemberData(nameof(Tasks))]
    public void Resume_HalfOfTheRounds_GoesOnBitForBit(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task, weight: Weight);
        using var run = Start(fold, Quick);
        run.Advance(Math.Max(1, Trainer.Info.MaxRounds(Quick) / 2), CancellationToken.None);
        using var resumed = Resume(SampleFold.Of(task, weight: Weight), Quick, Saved(run));
        AssertSameToTheEnd(fold, run, resumed);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Resume_AfterEachRound_SavesTheBytesOfOneGo(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var run = Start(SampleFold.Of(task), Quick);
        while (run.CanAdvance)
        {
            run.Advance(1, CancellationToken.None);
            var saved = Saved(run);
            run.Dispose();
            run = Resume(SampleFold.Of(task), Quick, saved);
        }

        Assert.Equal(Bytes(SampleFold.Of(task), Quick), Bytes(run));
        run.Dispose();
    }

    [Fact]
    public void Resume_BeforeTheFirstRound_IsAStart()
    {
        using var run = Start(SampleFold.Of(AnyTask), Quick);
        using var resumed = Resume(SampleFold.Of(AnyTask), Quick, Saved(run));
        Assert.Equal(0, resumed.Rounds);
        resumed.Advance(int.MaxValue, CancellationToken.None);
        Assert.Equal(Bytes(SampleFold.Of(AnyTask), Quick), Bytes(resumed));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Resume_NothingLeftToLearn_StaysSo(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Make(task, [SampleFold.Numbers("x", 1, 1, 1, 1)], [0, 1, 0, 1]); // no column parts the rows
        using var run = Start(fold, Trainer.Info.Default);
        run.Advance(int.MaxValue, CancellationToken.None);
        Assert.False(run.CanAdvance);
        using var resumed = Resume(fold, Trainer.Info.Default, Saved(run));
        Assert.Equal(run.Rounds, resumed.Rounds);
        Assert.False(resumed.CanAdvance);
        Assert.Equal(Bytes(run), Bytes(resumed));
    }

    [Fact]
    public void Resume_BytesThatGoOn_AreLeftBehindTheCheckpoint()
    {
        var fold = SampleFold.Of(AnyTask);
        using var run = Start(fold, Quick);
        run.Advance(1, CancellationToken.None);
        using var reader = new BinaryReader(new MemoryStream([.. Saved(run), 17]));
        using var resumed = Trainer.Resume(Request(fold, Quick), reader);
        Assert.Equal(17, reader.ReadByte());
    }

    [Fact]
    public void Resume_DamagedBytes_IsInvalidData()
    {
        var fold = SampleFold.Of(AnyTask);
        using var run = Start(fold, Quick);
        run.Advance(2, CancellationToken.None);
        var saved = Saved(run);
        var step = Math.Max(1, saved.Length / 60);
        for (var at = 0; at < saved.Length; at += step)
        {
            var damaged = (byte[])saved.Clone();
            damaged[at] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => Resume(fold, Quick, damaged));
            Assert.Throws<InvalidDataException>(() => Resume(fold, Quick, saved[..at]));
        }
    }

    [Fact]
    public void Resume_AnotherRequest_SaysWhatDiffers()
    {
        var fold = SampleFold.Of(AnyTask);
        using var run = Start(fold, Quick);
        run.Advance(1, CancellationToken.None);
        var saved = Saved(run);
        var directed = new PreparedFold(fold.Task, fold.Outputs, fold.Table, fold.Target, null, fold.Train) { Monotone = new Dictionary<string, MonotoneDirection> { ["a"] = MonotoneDirection.Increasing } };
        var relabelled = new PreparedFold(fold.Task, fold.Outputs, fold.Table, [.. fold.Target.Select(t => t == 0 ? 1.0 : 0)], null, fold.Train);
        if (!Trainer.Info.Default.Equals(Quick))
        {
            Refused("configuration", Request(fold, Trainer.Info.Default));
        }

        Refused("seed", Request(fold, Quick) with { Seed = new Seed(8) });
        Refused("training rows", Request(fold, Quick) with { Rows = fold.Train[1..] });
        Refused("labels", Request(relabelled, Quick));
        Refused("directions", Request(directed, Quick));
        Refused("table", Request(SampleFold.Of(AnyTask, 500), Quick));

        void Refused(string what, TrainingRequest request)
        {
            using var reader = new BinaryReader(new MemoryStream(saved));
            Assert.Contains(what, Assert.Throws<InputException>(() => Trainer.Resume(request, reader)).Message, StringComparison.Ordinal);
        }
    }

    private static void AssertSameToTheEnd(PreparedFold fold, ITrainingRun run, ITrainingRun resumed)
    {
        var valid = Valid(fold);
        var (expected, actual) = (new double[valid.Length * fold.Outputs], new double[valid.Length * fold.Outputs]);
        while (true)
        {
            run.Predict(valid, expected);
            resumed.Predict(valid, actual);
            Assert.Equal(expected, actual);
            Assert.Equal(run.Rounds, resumed.Rounds);
            Assert.Equal(run.CanAdvance, resumed.CanAdvance);
            if (!run.CanAdvance)
            {
                break;
            }

            run.Advance(1, CancellationToken.None);
            resumed.Advance(1, CancellationToken.None);
        }

        Assert.Equal(Bytes(run), Bytes(resumed));
    }

    private ITrainingRun Resume(PreparedFold fold, Configuration configuration, byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        return Trainer.Resume(Request(fold, configuration), reader);
    }

    private static TrainingRequest Request(PreparedFold fold, Configuration configuration)
        => new(fold, fold.Train, configuration, new Seed(7), new ThreadShare(1));

    private static double Weight(int row) => row % 5 == 0 ? 0 : 1 + row % 3;

    private static byte[] Saved(ITrainingRun run)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        run.Save(writer);
        return stream.ToArray();
    }
}
