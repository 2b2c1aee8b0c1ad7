using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using TuneLab.Testing.Contracts;
using TuneLab.Testing.Training;
using TuneLab.Tests.Experiments.Running;
using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.Tests.Packaging;

public sealed class ModelPackageContractTests : ModelExporterContract
{
    private readonly GradientTrainer _trainer = new();
    private readonly Dataset _data = Bench.Data(60);

    protected override IModelExporter Make() => new ModelPackage();

    protected override ModelExport Export()
    {
        int[] rows = [.. Enumerable.Range(0, _data.RowCount)];
        var encoding = FeatureEncoder.Fit([_data["a"], _data["b"]], rows);
        var fold = new PreparedFold(LearningTask.Binary, 1, encoding.Transform(_data), ((NumberColumn)_data["y"]).Values, null, rows);
        using var run = _trainer.Start(new TrainingRequest(fold, rows, _trainer.Info.Default, new Seed(1), ThreadShare.Single));
        run.Advance(20, CancellationToken.None);
        return new ModelExport(
            new ModelCard
            {
                Task = LearningTask.Binary,
                Label = "y",
                Classes = ["0", "1"],
                Trainer = "gradient",
                TrainerVersion = 1,
                Configuration = _trainer.Info.Default.Canonical,
                Rounds = 20,
                Metric = "auc",
                Scores = new Dictionary<string, double> { ["validation.auc"] = 0.75, ["holdout.auc"] = double.NaN },
                Seed = 1,
                Fingerprint = new string('0', 64),
                Experiment = "contract",
                Plan = "{}",
            },
            encoding,
            run.Complete());
    }

    protected override (double[] InMemory, double[] Loaded) Predict(ModelExport export, byte[] file)
    {
        var table = export.Encoding.Transform(_data);
        var inMemory = new double[table.RowCount];
        export.Model.Predict(table, inMemory);
        using var stream = new MemoryStream(file);
        return (inMemory, ModelPackage.Load(stream, "model.zip", new TrainerCatalog([_trainer])).Predict(_data));
    }
}
