using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Testing.Training;

namespace TuneLab.Testing.Contracts;

/// <summary>The models that runs give: saved, loaded, asked.</summary>
public abstract partial class TrainerContract
{
    [Theory]
    [MemberData(nameof(Tasks))]
    public void Complete_SavedAndLoaded_PredictsAsTheRunDidBitForBit(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task);
        var rows = Enumerable.Range(0, fold.Table.RowCount).ToArray();
        using var run = Start(fold, Quick);
        run.Advance(int.MaxValue, CancellationToken.None);
        var (ofRun, ofModel, ofLoaded) = (new double[rows.Length * fold.Outputs], new double[rows.Length * fold.Outputs], new double[rows.Length * fold.Outputs]);
        run.Predict(rows, ofRun);
        var model = run.Complete();
        model.Predict(fold.Table, ofModel);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        model.Save(writer);
        writer.Write(0x12345678);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var loaded = Trainer.Load(reader);
        loaded.Predict(fold.Table, ofLoaded);
        Assert.Equal(0x12345678, reader.ReadInt32());
        Assert.Equal(fold.Outputs, loaded.Outputs);
        Assert.Equal(ofRun, ofModel);
        Assert.Equal(ofModel, ofLoaded);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Predict_ThreeThreadsOrRowByRow_IsTheSame(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task, 4000);
        using var run = Start(fold, Quick);
        run.Advance(int.MaxValue, CancellationToken.None);
        var model = run.Complete();
        var (byOne, byThree, ofRow) = (new double[4000 * fold.Outputs], new double[4000 * fold.Outputs], new double[fold.Outputs]);
        model.Predict(fold.Table, byOne);
        model.Predict(fold.Table, byThree, 3);
        Assert.Equal(byOne, byThree);
        for (var row = 0; row < 4000; row += 97)
        {
            model.Predict(SampleFold.Select(fold.Table, [row]), ofRow);
            Assert.Equal(byOne[(row * fold.Outputs)..((row + 1) * fold.Outputs)], ofRow);
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Predict_MissingAndUnseenValues_IsFinite(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task);
        using var run = Start(fold, Quick);
        run.Advance(int.MaxValue, CancellationToken.None);
        var strange = new FeatureTable(
            [.. fold.Table.Columns.Select(c => c switch
            {
                NumericFeature n => n with { Values = [float.NaN, float.MaxValue, float.MinValue, 0] },
                CategoricalFeature n => (FeatureColumn)(n with { Codes = [-1, -1, 0, 6] }),
                _ => c,
            })],
            4);
        var values = new double[4 * fold.Outputs];
        run.Complete().Predict(strange, values);
        AssertPredictions(task, fold.Outputs, values);
    }

    [Fact]
    public void Load_OtherBytes_IsInvalidData()
    {
        using var reader = new BinaryReader(new MemoryStream("PK.. this is no model at all, not even nearly one"u8.ToArray()));
        Assert.Throws<InvalidDataException>(() => Trainer.Load(reader));
    }

    [Fact]
    public void Predict_OtherColumns_IsRefused()
    {
        var fold = SampleFold.Of(AnyTask);
        using var run = Start(fold, Quick);
        run.Advance(int.MaxValue, CancellationToken.None);
        var model = run.Complete();
        Assert.ThrowsAny<ArgumentException>(() => model.Predict(new FeatureTable([.. fold.Table.Columns.Skip(1)], fold.Table.RowCount), new double[fold.Table.RowCount]));
    }
}
