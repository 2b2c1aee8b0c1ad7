using System.Text.Json;
using TuneLab.Data;
using TuneLab.Data.Samples;
using TuneLab.Errors;

namespace TuneLab.Tests.Data;

public sealed class SampleCatalogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tunelab-samples");

    public static TheoryData<string> Names => [.. SampleCatalog.All.Select(s => s.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_Twice_SameFilesAndNothingElse(string name)
    {
        var paths = SampleCatalog.Write(name, 200, 5, _folder.FullName);
        var first = paths.Select(File.ReadAllText).ToArray();

        Assert.Equal(first, SampleCatalog.Write(name, 200, 5, _folder.FullName).Select(File.ReadAllText));
        Assert.NotEqual(first[0], File.ReadAllText(SampleCatalog.Write(name, 200, 6, _folder.FullName)[0]));
        Assert.Equal(paths.Order(), _folder.GetFiles().Select(f => f.FullName).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_MoreRows_StartsWithTheSameRows(string name)
    {
        var few = File.ReadAllText(SampleCatalog.Write(name, 100, 5, _folder.FullName)[0]);
        var many = File.ReadAllText(SampleCatalog.Write(name, 300, 5, _folder.FullName)[0]);

        Assert.StartsWith(few, many, StringComparison.Ordinal);
        Assert.Equal(301, many.Count(c => c == '\n'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_Sample_ReadsBackWithItsTaskAndClasses(string name)
    {
        var sample = SampleCatalog.Get(name);

        var table = TaskTableBuilder.Build(CsvDatasetReader.Read(SampleCatalog.Write(name, 2000, 5, _folder.FullName)[0]), new DataRoles { Label = sample.Label });

        Assert.Equal(sample.Task, table.Task);
        Assert.Equal(sample.Classes, table.Classes);
        Assert.Equal(sample.Columns, table.Data.Columns.Select(c => c.Name));
    }

    [Fact]
    public void Write_Houses_HasADateATextAndMissingValues()
    {
        var data = CsvDatasetReader.Read(SampleCatalog.Write("houses", 1000, 5, _folder.FullName)[0]);

        Assert.Equal(ColumnType.Date, data["listed"].Type);
        Assert.Equal(ColumnType.Text, data["description"].Type);
        Assert.InRange(Enumerable.Range(0, 1000).Count(data["garden_m2"].IsMissing), 100, 200);
    }

    [Fact]
    public void Truth_Churn_IsCalibratedAndScoresAsItSays()
    {
        var (table, truth, ceiling) = Write("churn");
        var probability = Csv.Numbers(truth, "probability");

        // The number of leavers is a sum of independent draws around the probabilities: four standard deviations at most.
        var deviation = Math.Sqrt(probability.Sum(p => p * (1 - p)));
        Assert.InRange(table.Target.Sum() - probability.Sum(), -4 * deviation, 4 * deviation);
        Assert.Equal(table.Target.Zip(probability, (y, p) => (y - p) * (y - p)).Average(), ceiling.GetProperty("brier").GetDouble(), 6);
        Assert.Equal(table.Target.Zip(probability, (y, p) => -Math.Log(y == 1 ? p : 1 - p)).Average(), ceiling.GetProperty("logloss").GetDouble(), 6);
        Assert.InRange(ceiling.GetProperty("auc").GetDouble(), 0.8, 0.95);
    }

    [Fact]
    public void Truth_Houses_IsUnbiasedAndScoresAsItSays()
    {
        var (table, truth, ceiling) = Write("houses");
        var expectation = Csv.Numbers(truth, "expectation");

        Assert.Equal(Math.Sqrt(table.Target.Zip(expectation, (y, e) => (y - e) * (y - e)).Average()), ceiling.GetProperty("rmse").GetDouble(), 3);

        // The noise has a standard deviation of 11 % and the mean 1.
        Assert.InRange(table.Target.Zip(expectation, (y, e) => y / e).Average(), 1 - 4 * 0.11 / Math.Sqrt(table.RowCount), 1 + 4 * 0.11 / Math.Sqrt(table.RowCount));
    }

    [Fact]
    public void Truth_Species_IsCalibratedAndScoresAsItSays()
    {
        var (table, truth, ceiling) = Write("species");
        var probabilities = table.Classes.Select(c => Csv.Numbers(truth, c)).ToArray();

        for (var k = 0; k < probabilities.Length; k++)
        {
            var deviation = Math.Sqrt(probabilities[k].Sum(p => p * (1 - p)));
            Assert.InRange(table.Target.Count(t => t == k) - probabilities[k].Sum(), -4 * deviation, 4 * deviation);
        }

        Assert.Equal(table.Target.Select((t, row) => -Math.Log(probabilities[(int)t][row])).Average(), ceiling.GetProperty("logloss").GetDouble(), 5);
    }

    [Fact]
    public void Write_UnknownNameOrRows_SaysWhat()
    {
        Assert.StartsWith("did you mean 'churn'?", Assert.Throws<InputException>(() => SampleCatalog.Write("chrn", null, 1, _folder.FullName)).Hint, StringComparison.Ordinal);
        Assert.Contains("49 rows asked for", Assert.Throws<InputException>(() => SampleCatalog.Write("churn", 49, 1, _folder.FullName)).Message, StringComparison.Ordinal);

        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        Assert.Contains("can't be written", Assert.Throws<InputException>(() => SampleCatalog.Write("churn", 50, 1, Path.Combine(file, "sub"))).Message, StringComparison.Ordinal);
    }

    private (TaskTable Table, Dataset Truth, JsonElement Ceiling) Write(string name)
    {
        var paths = SampleCatalog.Write(name, 3000, 11, _folder.FullName);
        using var json = JsonDocument.Parse(File.ReadAllText(paths[2]));
        return (TaskTableBuilder.Build(CsvDatasetReader.Read(paths[0]), new DataRoles { Label = SampleCatalog.Get(name).Label }), CsvDatasetReader.Read(paths[1]), json.RootElement.GetProperty("ceiling").Clone());
    }
}
