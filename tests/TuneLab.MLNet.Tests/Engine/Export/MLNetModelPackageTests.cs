using Microsoft.ML;
using Microsoft.ML.Data;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine;
using TuneLab.MLNet.Engine.Export;
using TuneLab.Randomness;
using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet.Tests.Engine.Export;

public class MLNetModelPackageTests
{
    public static TheoryData<string, LearningTask> TrainersAndTasks()
    {
        var cases = new TheoryData<string, LearningTask>();
        foreach (var info in MLNetTrainers.All.Select(t => t.Info))
        {
            foreach (var task in info.Tasks)
            {
                cases.Add(info.Id, task);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(TrainersAndTasks))]
    public void Export_LoadedByMLNet_PredictsRawRowsAsInProcess(string trainer, LearningTask task)
    {
        var table = new RawTable(task);
        var model = Fit(trainer, table.Fold);
        var expected = new double[table.Data.RowCount * table.Fold.Outputs];
        model.Predict(table.Fold.Table, expected);
        using var zip = new MemoryStream(Export(trainer, table, model));
        var context = new MLContext(3);
        var predicted = context.Model.Load(zip, out var schema).Transform(context.Data.LoadFromEnumerable(table.AsRows(), schema));
        switch (task)
        {
            case LearningTask.Regression:
                Close(expected, [.. predicted.GetColumn<float>("Score")]);
                break;
            case LearningTask.Binary:
                Close(expected, [.. predicted.GetColumn<float>("Probability")]);
                Assert.Equal(expected.Select(p => table.Classes[p >= 0.4 ? 1 : 0]), predicted.GetColumn<string>("PredictedLabel"));
                break;
            default:
                var rows = predicted.GetColumn<float[]>("Score").ToArray();
                Close(expected, [.. rows.SelectMany(r => trainer == "naivebayes" ? Softmax(r) : r)]);
                Assert.Equal(rows.Select(r => table.Classes[Array.IndexOf(r, r.Max())]), predicted.GetColumn<string>("PredictedLabel"));
                break;
        }

        Assert.True(expected.Distinct().Count() > 10, "all predictions are the same");
    }

    [Fact]
    public void Export_LoadedByTuneLab_PredictsBitForBit()
    {
        var table = new RawTable(LearningTask.Multiclass);
        var model = Fit("lightgbm", table.Fold);
        var expected = new double[table.Data.RowCount * 3];
        model.Predict(table.Fold.Table, expected);
        using var zip = new MemoryStream(Export("lightgbm", table, model));
        Assert.Equal(expected, ModelPackage.Load(zip, "the zip", new TrainerCatalog(MLNetTrainers.All)).Predict(table.Data));
    }

    [Fact]
    public void Export_PredictionEngineOfAPlainClass_PredictsARow()
    {
        var table = new RawTable(LearningTask.Binary);
        var model = Fit("sdcalogisticregression", table.Fold);
        var expected = new double[table.Data.RowCount];
        model.Predict(table.Fold.Table, expected);
        using var zip = new MemoryStream(Export("sdcalogisticregression", table, model));
        var context = new MLContext();
        using var engine = context.Model.CreatePredictionEngine<RawRow, RawAnswer>(context.Model.Load(zip, out _));
        var rows = table.AsRows().ToArray();
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(expected[i], engine.Predict(rows[i]).Probability, 5));
        Assert.Equal(table.Classes[expected[0] >= 0.4 ? 1 : 0], engine.Predict(rows[0]).PredictedLabel);
    }

    [Theory]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Multiclass)]
    [InlineData(LearningTask.Regression)]
    public void Export_NothingWasToBeLearned_SaysTheConstantOfEveryRow(LearningTask task)
    {
        var table = new RawTable(task);
        var model = Fit("lightgbm", new PreparedFold(task, table.Fold.Outputs, table.Fold.Table, Array.ConvertAll(table.Fold.Target, _ => 1.0), null, table.Fold.Train));
        var expected = new double[table.Data.RowCount * table.Fold.Outputs];
        model.Predict(table.Fold.Table, expected);
        using var zip = new MemoryStream(Export("lightgbm", table, model));
        var context = new MLContext(3);
        var predicted = context.Model.Load(zip, out var schema).Transform(context.Data.LoadFromEnumerable(table.AsRows(), schema));
        Close(expected, task switch
        {
            LearningTask.Regression => [.. predicted.GetColumn<float>("Score")],
            LearningTask.Binary => [.. predicted.GetColumn<float>("Probability")],
            _ => [.. predicted.GetColumn<float[]>("Score").SelectMany(r => r)],
        });
        if (task != LearningTask.Regression)
        {
            Assert.Equal(table.Classes[1], predicted.GetColumn<string>("PredictedLabel").Distinct().Single());
        }
    }

    [Fact]
    public void Export_ConstantOverADateAlone_SaysItOfEveryRow()
    {
        var table = new RawTable(LearningTask.Regression);
        var encoding = FeatureEncoder.Fit([table.Data["customer since"]], table.Fold.Train);
        var fold = new PreparedFold(LearningTask.Regression, 1, encoding.Transform(table.Data), Array.ConvertAll(table.Fold.Target, _ => 7.5), null, table.Fold.Train);
        using var zip = new MemoryStream();
        new MLNetModelPackage().Export(new ModelExport(table.Card("lightgbm"), encoding, Fit("lightgbm", fold)), zip);
        var context = new MLContext(3);
        var predicted = context.Model.Load(zip, out var schema).Transform(context.Data.LoadFromEnumerable(table.AsRows(), schema));
        Assert.Equal(7.5f, predicted.GetColumn<float>("Score").Distinct().Single());
    }

    [Fact]
    public void Export_Twice_GivesTheSameBytes()
    {
        var table = new RawTable(LearningTask.Binary);
        var model = Fit("fasttree", table.Fold);
        Assert.Equal(Export("fasttree", table, model), Export("fasttree", table, model));
    }

    private static ITrainedModel Fit(string trainer, PreparedFold fold)
    {
        var found = MLNetTrainers.All.Single(t => t.Info.Id == trainer);
        using var run = found.Start(new TrainingRequest(fold, fold.Train, found.Info.Cheap, new Seed(7), ThreadShare.Single));
        run.Advance(int.MaxValue, CancellationToken.None);
        return run.Complete();
    }

    private static byte[] Export(string trainer, RawTable table, ITrainedModel model)
    {
        using var stream = new MemoryStream();
        new MLNetModelPackage().Export(new ModelExport(table.Card(trainer), table.Encoding, model), stream);
        return stream.ToArray();
    }

    private static void Close(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(Enumerable.Range(0, expected.Length), i => Assert.True(Math.Abs(expected[i] - actual[i]) <= 2e-5 * Math.Max(1, Math.Abs(expected[i])), $"row {i}: {expected[i]} in process, {actual[i]} by ML.NET"));
    }

    private static IEnumerable<float> Softmax(float[] logs)
    {
        var powers = logs.Select(l => Math.Exp(l - logs.Max())).ToArray();
        return powers.Select(p => (float)(p / powers.Sum()));
    }
}
