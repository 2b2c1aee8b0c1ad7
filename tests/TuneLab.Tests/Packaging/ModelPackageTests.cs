using System.IO.Compression;
using System.Text;
using TuneLab.Errors;
using TuneLab.Testing.Training;
using TuneLab.Tests.Experiments.Running;
using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.Tests.Packaging;

public sealed class ModelPackageTests
{
    [Fact]
    public void Load_NoSuchFile_SaysWhatToGive()
    {
        var error = Assert.Throws<InputException>(() => ModelPackage.Load("/nowhere/model.zip", Catalog()));
        Assert.Contains("no file /nowhere/model.zip", error.Message, StringComparison.Ordinal);
        Assert.Contains("tunelab run", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoZip_SaysSo() => Assert.Contains("no model zip", Fault(new MemoryStream("hello"u8.ToArray())), StringComparison.Ordinal);

    [Fact]
    public void Load_AnotherZip_NamesWhatItLacks() => Assert.Contains("holds no model.json", Fault(Zip(("readme.txt", "hello"))), StringComparison.Ordinal);

    [Fact]
    public void Load_NewerFormat_NamesBothVersions()
        => Assert.Contains("format 7; this program reads up to 1", Fault(Zip(("model.json", "{\"format\":\"tunelab-model/7\"}"))), StringComparison.Ordinal);

    [Fact]
    public void Load_TrainerOfAnotherEngine_SaysHowToGetIt()
    {
        using var bench = new Bench();
        var zip = bench.Run(bench.Plan()).Files["model"];
        var error = Assert.Throws<InputException>(() => ModelPackage.Load(zip, new TrainerCatalog([], new Dictionary<string, string> { ["gradient"] = "install the package" })));
        Assert.Equal("install the package", error.Hint);
    }

    [Fact]
    public void Load_CutOff_SaysThatItIsDamaged()
    {
        using var bench = new Bench();
        var bytes = File.ReadAllBytes(bench.Run(bench.Plan()).Files["model"]);
        Assert.Contains("damaged", Fault(new MemoryStream(bytes[..(bytes.Length / 2)])), StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_ColumnsTurnedExtraAndMissingValues_FindsItsOwn()
    {
        using var bench = new Bench();
        var model = ModelPackage.Load(bench.Run(bench.Plan()).Files["model"], Catalog());
        using var csv = new MemoryStream("extra,b,a\nx,0.5,-1\ny,,2\n"u8.ToArray());
        var data = TuneLab.Data.CsvDatasetReader.Read(csv, "new.csv", model.ReadOptions());
        var predicted = model.Predict(data);
        Assert.Equal(predicted[0], model.PredictRow(new Dictionary<string, string?> { ["a"] = "-1", ["b"] = "0.5" }).Values[0]);
        Assert.Equal(predicted[1], model.PredictRow(new Dictionary<string, string?> { ["a"] = "2" }).Values[0]);
    }

    private static TrainerCatalog Catalog() => new([new GradientTrainer()]);

    private static string Fault(MemoryStream stream) => Assert.Throws<InputException>(() => ModelPackage.Load(stream, "model.zip", Catalog())).Message;

    private static MemoryStream Zip(params (string Name, string Text)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        stream.Position = 0;
        return stream;
    }
}
