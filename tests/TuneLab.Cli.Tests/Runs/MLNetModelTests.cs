using System.Diagnostics;
using System.IO.Compression;
using TuneLab.MLNet;

namespace TuneLab.Cli.Tests.Runs;

/// <summary>What can be done with the model of an ML.NET winner, and with a zip that ML.NET alone wrote.</summary>
public sealed class MLNetModelTests : IDisposable
{
    private readonly CliFolder _folder = new();

    [SkippableFact]
    public void ExportCode_OfAnMLNetWinner_BuildsAndRuns()
    {
        Run();
        var result = _folder.Run("export", "toy.yaml", "--code", "app").Expect(0);
        Assert.Contains("dotnet run --project app", result.Output, StringComparison.Ordinal);
        Assert.Equal(["app/Program.cs", "app/Toy.csproj", "app/ToyInput.cs", "app/ToyPrediction.cs", "app/model.zip"], _folder.Files().Where(f => f.StartsWith("app/", StringComparison.Ordinal)));
        Assert.Equal(File.ReadAllBytes(_folder.At("runs/toy/model.zip")), File.ReadAllBytes(_folder.At("app/model.zip")));

        // the row of the program is a = 0, b = 0, c = x
        var output = DotnetRun(_folder.At("app"));
        _folder.Write("row.csv", "a,b,c\n0,0,x\n");
        var row = _folder.Run("predict", "runs/toy/model.zip", "row.csv").Expect(0).Output.Split('\n')[1].Split(',');
        Assert.Contains($"y: {row[1]} (probability of yes: 0", output, StringComparison.Ordinal);
        var said = output[(output.IndexOf("yes: ", StringComparison.Ordinal) + 5)..].Trim().TrimEnd(')');
        Assert.Equal(double.Parse(row[0], CultureInfo.InvariantCulture), double.Parse(said, CultureInfo.InvariantCulture), 5);
    }

    [SkippableFact]
    public void ExportCode_OverFiles_AsksForForce()
    {
        Run();
        _folder.Write("app/Program.cs", "mine");
        _folder.Run("export", "toy.yaml", "--code", "app").ExpectBadInput("Program.cs' is there already", "--force");
        Assert.Equal("mine", File.ReadAllText(_folder.At("app/Program.cs")));
        var json = _folder.Run("export", "toy.yaml", "--code", "app", "--force", "--json").Expect(0).Json();
        Assert.Equal(5, json.GetProperty("files").GetArrayLength());
        Assert.NotEqual("mine", File.ReadAllText(_folder.At("app/Program.cs")));
    }

    [SkippableFact]
    public void Predict_ZipOfMLNetAlone_GivesTheSameProbabilities()
    {
        Run();
        File.Copy(_folder.At("runs/toy/model.zip"), _folder.At("plain.zip"));
        using (var zip = ZipFile.Open(_folder.At("plain.zip"), ZipArchiveMode.Update))
        {
            foreach (var name in (string[])["model.json", "encoding.bin", "model.bin"])
            {
                zip.GetEntry(name)!.Delete();
            }
        }

        var (own, plain) = (Rows("runs/toy/model.zip"), Rows("plain.zip"));
        Assert.Equal("probability,prediction", plain[0]);
        Assert.Equal(own.Select(r => r.Split(',')[1]), plain.Select(r => r.Split(',')[1]));
        Assert.All(own.Zip(plain).Skip(1), pair => Assert.Equal(double.Parse(pair.First.Split(',')[0], CultureInfo.InvariantCulture), double.Parse(pair.Second.Split(',')[0], CultureInfo.InvariantCulture), 5));
        _folder.Write("less.csv", "a,c\n1,x\n");
        _folder.Run("predict", "plain.zip", "less.csv").ExpectBadInput("'b'");
    }

    [Fact]
    public void ExportCode_OfAnEmbeddedWinner_SaysWhatToDo()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("run", "toy.yaml", "--quiet", "--trials", "2").Expect(0);
        _folder.Run("export", "toy.yaml", "--code", "app").ExpectBadInput("'boosting', which ML.NET alone can't load", "trainers:");
        Assert.False(Directory.Exists(_folder.At("app")));
    }

    [Fact]
    public void ExportCode_WithOut_IsAnError() => _folder.Run("export", "--code", "app", "-o", "model.zip").ExpectBadInput("--code can't be given with --out");

    public void Dispose() => _folder.Dispose();

    private void Run()
    {
        Skip.IfNot(EngineAvailability.IsAvailable, EngineAvailability.HowToGet);
        _folder.Write("toy.csv", ToyTable.Binary());
        _folder.Write("toy.yaml", "data: { file: toy.csv, label: y }\nmetric: auc\ntrainers: [lightgbm]\nvalidate: { folds: 3 }\nbudget: { trials: 2 }\noutput: { folder: runs/toy }\n");
        _folder.Run("run", "toy.yaml", "--quiet").Expect(0);
    }

    private static string DotnetRun(string folder)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["run", "-c", "Release"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // what the test's own build set is not for this one
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // nothing outlives the test
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return output;
    }

    private string[] Rows(string model) => _folder.Run("predict", model, "toy.csv").Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
