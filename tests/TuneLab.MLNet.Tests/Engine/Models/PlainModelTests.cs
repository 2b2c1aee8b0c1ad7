using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using TuneLab.Errors;
using TuneLab.MLNet.Engine.Models;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet.Tests.Engine.Models;

/// <summary>Zips that a program wrote with ML.NET alone.</summary>
public sealed class PlainModelTests : IDisposable
{
    private const string Header = "id,age,town,member,since,note,label";
    private readonly string _folder = Directory.CreateTempSubdirectory("tunelab-plain-").FullName;
    private readonly MLContext _context = new(1);

    private string Csv => Path.Combine(_folder, "table.csv");

    public PlainModelTests()
        => File.WriteAllLines(Csv, [Header, .. Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{(i % 7 == 0 ? "" : 20 + i % 50)},{"xyz?"[i % 4]},{(i % 3 == 0 ? "true" : "false")},2024-0{1 + i % 9}-01,note {i % 5} {(i % 2 == 0 ? "good" : "bad")},{(i % 2 == 0 ? "yes" : "no")}"))]);

    [Fact]
    public void PredictTable_Binary_IsWhatMLNetPredicts()
    {
        var label = _context.Transforms.Conversion.MapValue("Label", [new KeyValuePair<string, bool>("yes", true), new KeyValuePair<string, bool>("no", false)], "label");
        var (zip, expected) = Fit(label.Append(_context.BinaryClassification.Trainers.LbfgsLogisticRegression()));
        var model = PlainModel.Load(zip, "the zip");
        var predictions = Predict(model);
        Assert.Equal(["probability"], predictions.Columns);
        Assert.Equal(expected.GetColumn<float>("Probability").Select(p => (double)p), predictions.Values);
        Assert.Equal(expected.GetColumn<bool>("PredictedLabel").Select(p => p ? "true" : "false"), Enumerable.Range(0, 200).Select(i => predictions.PredictionOf!(i)));
    }

    [Fact]
    public void PredictTable_Multiclass_HasAColumnPerClass()
    {
        var key = _context.Transforms.Conversion.MapValueToKey("Label", "town");
        var (zip, expected) = Fit(key.Append(_context.MulticlassClassification.Trainers.SdcaMaximumEntropy()).Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")));
        var predictions = Predict(PlainModel.Load(zip, "the zip"));
        Assert.Equal(["x", "y", "z", "?"], predictions.Columns);
        Assert.Equal(expected.GetColumn<float[]>("Score").SelectMany(s => s.Select(v => (double)v)), predictions.Values);
        Assert.Equal(expected.GetColumn<string>("PredictedLabel"), Enumerable.Range(0, 200).Select(i => predictions.PredictionOf!(i)));
    }

    [Fact]
    public void PredictTable_RegressionWithoutItsLabel_DoesNotMissIt()
    {
        var (zip, fitted) = Fit(_context.Regression.Trainers.LightGbm("id"));
        double[] expected = [.. fitted.GetColumn<float>("Score").Select(s => (double)s)];
        File.WriteAllLines(Csv, File.ReadAllLines(Csv).Select(l => l[(l.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        var predictions = Predict(PlainModel.Load(zip, "the zip"));
        Assert.Equal(["score"], predictions.Columns);
        Assert.Null(predictions.PredictionOf);
        Assert.Equal(expected, predictions.Values);
    }

    [Fact]
    public void Read_ANeededColumnIsMissing_NamesIt()
    {
        var (zip, _) = Fit(_context.Regression.Trainers.Sdca("id"));
        File.WriteAllText(Csv, File.ReadAllText(Csv).Replace(",age,", ",aged,", StringComparison.Ordinal));
        Assert.Contains("'age'", Assert.ThrowsAny<TuneLabException>(() => PlainModel.Load(zip, "the zip").Read(Csv)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PredictTable_VectorOfNamedSlots_ReadsTheirColumns()
    {
        var options = new TextLoader.Options { Separators = [','], HasHeader = true, Columns = [new TextLoader.Column("Features", DataKind.Single, [new TextLoader.Range(0, 1)]), new TextLoader.Column("label", DataKind.String, 6)] };
        var data = _context.Data.CreateTextLoader(options, new MultiFileSource(Csv)).Load(Csv);
        var pipeline = _context.Transforms.ReplaceMissingValues("Features").Append(_context.Transforms.Conversion.MapValueToKey("Label", "label"))
            .Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        var model = pipeline.Fit(data);
        using var zip = new MemoryStream();
        _context.Model.Save(model, data.Schema, zip);
        var predictions = Predict(PlainModel.Load(zip.ToArray(), "the zip"));
        Assert.Equal(["yes", "no"], predictions.Columns);
        Assert.Equal(model.Transform(data).GetColumn<float[]>("Score").SelectMany(s => s.Select(v => (double)v)), predictions.Values);
    }

    [Fact]
    public void Load_NoTrainer_SaysThatItPredictsNothing()
    {
        var data = Load();
        using var zip = new MemoryStream();
        _context.Model.Save(_context.Transforms.ReplaceMissingValues("age").Fit(data), data.Schema, zip);
        Assert.Contains("'Score'", Assert.Throws<InputException>(() => PlainModel.Load(zip.ToArray(), "the zip")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedZip_SaysSo()
    {
        var (zip, _) = Fit(_context.Regression.Trainers.Sdca("id"));
        Assert.Contains("the zip", Assert.Throws<InputException>(() => PlainModel.Load(zip[..(zip.Length / 2)], "the zip")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private TablePredictions Predict(PlainModel model) => model.PredictTable(model.Read(Csv), threads: 2);

    private IDataView Load() => _context.Data.LoadFromTextFile(Csv, new TextLoader.Options
    {
        Separators = [','], HasHeader = true,
        Columns =
        [
            new TextLoader.Column("id", DataKind.Single, 0), new TextLoader.Column("age", DataKind.Single, 1), new TextLoader.Column("town", DataKind.String, 2), new TextLoader.Column("member", DataKind.Boolean, 3),
            new TextLoader.Column("since", DataKind.DateTime, 4), new TextLoader.Column("note", DataKind.String, 5), new TextLoader.Column("label", DataKind.String, 6),
        ],
    });

    private (byte[] Zip, IDataView Expected) Fit(IEstimator<ITransformer> trainer)
    {
        var data = Load();
        var pipeline = _context.Transforms.ReplaceMissingValues("age").Append(_context.Transforms.Categorical.OneHotEncoding("towns", "town")).Append(_context.Transforms.Conversion.ConvertType("member"))
            .Append(_context.Transforms.Conversion.ConvertType("ticks", "since", DataKind.Single)).Append(_context.Transforms.NormalizeMinMax("ticks")).Append(_context.Transforms.Text.FeaturizeText("words", "note"))
            .Append(_context.Transforms.Concatenate("Features", "age", "towns", "member", "ticks", "words")).Append(_context.Transforms.NormalizeMinMax("Features")).Append(trainer);
        var model = pipeline.Fit(data);
        using var zip = new MemoryStream();
        _context.Model.Save(model, data.Schema, zip);
        return (zip.ToArray(), model.Transform(data));
    }
}
