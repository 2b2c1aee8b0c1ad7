using System.Runtime.CompilerServices;
using TuneLab.Data;
using TuneLab.Data.Samples;
using TuneLab.Experiments.Files;
using TuneLab.Metrics;

namespace TuneLab.Tests.Data;

/// <summary>configs/ and data-samples/ as they are committed.</summary>
public sealed class ExampleExperimentsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tunelab-examples");

    public static TheoryData<string> Names => [.. SampleCatalog.All.Select(s => s.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Config_OfSample_FitsItsTable(string name)
    {
        var plan = PlanReader.ReadFile(Path.Combine(Root(), "configs", name + ".yaml"));

        var table = TaskTableBuilder.Build(
            CsvDatasetReader.Read(plan.Data.File, new CsvOptions { Separator = plan.Data.Separator, Header = plan.Data.Header, Missing = plan.Data.Missing, Types = plan.Data.Types }), plan.Data.Roles);

        Assert.Equal(name, plan.Name);
        Assert.Equal(SampleCatalog.Get(name).Task, table.Task);
        Assert.Equal(SampleCatalog.Get(name).Label, plan.Data.Roles.Label);
        Assert.NotNull(MetricCatalog.Find(plan.Metric!, table.Task));
        Assert.NotNull(plan.Question);
        Assert.NotNull(plan.Hypothesis);
        Assert.NotNull(plan.Budget.Trials);
        Assert.DoesNotContain(table.Features, f => DatasetProfiler.Profile(new Dataset("f", [f])).Columns[0] is { Identifier: true } or { Constant: true });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DataSample_MadeAgain_IsTheSame(string name)
    {
        foreach (var path in SampleCatalog.Write(name, null, 1, _folder.FullName))
        {
            var committed = Path.Combine(Root(), "data-samples", Path.GetFileName(path));

            Assert.True(File.ReadAllText(committed) == File.ReadAllText(path), $"{Path.GetFileName(path)} is not what seed 1 makes; run: tunelab sample {name} --seed 1");
            Assert.InRange(new FileInfo(committed).Length, 1, 400_000);
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
