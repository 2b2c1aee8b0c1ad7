using System.Text;

namespace TuneLab.Cli.Tests.Runs;

/// <summary>What is said about the data before anything is trained.</summary>
public sealed class FindingTests : IDisposable
{
    private readonly CliFolder _folder = new();

    [Fact]
    public void Run_WithAWarning_SaysItBeforeTheFirstTrialAndKeepsIt()
    {
        Write(Leaky(copy: false));
        var run = _folder.Run("run", "toy.yaml").Expect(0);
        Assert.Contains("findings about the data: 1 warning", run.Output, StringComparison.Ordinal);
        Assert.True(run.Output.IndexOf("Warning label-giveaway: 'd'", StringComparison.Ordinal) < run.Output.IndexOf("defaults", run.Output.IndexOf("findings about", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Contains("Warning label-giveaway: 'd' alone gives 'y' nearly away", File.ReadAllText(_folder.At("runs/toy/report.md")), StringComparison.Ordinal);
        Assert.Contains("<h2>Findings</h2>", File.ReadAllText(_folder.At("runs/toy/report.html")), StringComparison.Ordinal);

        var again = _folder.Run("run", "toy.yaml", "--json").Expect(0).Json();
        Assert.Equal(0, again.GetProperty("evaluations").GetProperty("computed").GetInt32());
        Assert.Equal("label-giveaway", again.GetProperty("findings")[0].GetProperty("id").GetString());
    }

    [Fact]
    public void RunStrict_WithAWarning_TrainsNothing()
    {
        Write(Leaky(copy: false));
        _folder.Run("run", "toy.yaml", "--strict").ExpectBadInput("label-giveaway: 'd' alone", "data.ignore: [d]", "without --strict");
        Assert.False(Directory.Exists(_folder.At("runs/toy")) && File.Exists(_folder.At("runs/toy/model.zip")));
        Assert.DoesNotContain("toy", _folder.Run("status").Output.Replace("toy.yaml", "", StringComparison.Ordinal), StringComparison.Ordinal);
        _folder.Run("run", "toy.yaml", "--strict", "--set", "data.ignore=[d]", "--quiet").Expect(0);
    }

    [Fact]
    public void Run_WithTheLabelsCopy_TrainsNothing()
    {
        Write(Leaky(copy: true));
        _folder.Run("run", "toy.yaml").ExpectBadInput("label-copy: 'd' is 'y' under another name", "data.ignore: [d]");
        _folder.Run("check", "toy.yaml").ExpectBadInput("label-copy");
    }

    [Fact]
    public void Check_WithAWarning_SaysItAndStopsOnlyWhenStrict()
    {
        Write(Leaky(copy: false));
        Assert.Contains("Warning label-giveaway", _folder.Run("check", "toy.yaml").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("warning", _folder.Run("check", "toy.yaml", "--json").Expect(0).Json().GetProperty("findings")[0].GetProperty("severity").GetString());
        _folder.Run("check", "toy.yaml", "--strict").ExpectBadInput("label-giveaway");
    }

    [Fact]
    public void Describe_WithALabel_SaysFindingsAndRelations()
    {
        Write(Leaky(copy: false));
        var output = _folder.Run("describe", "toy.csv", "--label", "y").Expect(0).Output;
        Assert.Contains("Warning label-giveaway", output, StringComparison.Ordinal);
        Assert.Contains("-> If it is known only after the label is", output, StringComparison.Ordinal);
        var json = _folder.Run("describe", "toy.csv", "--label", "y", "--json").Expect(0).Json();
        Assert.Equal("d", json.GetProperty("findings")[0].GetProperty("columns")[0].GetString());
        Assert.True(json.GetProperty("columns")[3].GetProperty("relation").GetProperty("alone").GetDouble() > 0.97);
        Assert.DoesNotContain("findings", _folder.Run("describe", "toy.csv").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_OfManyColumns_ShowsTheMostTellingFirst()
    {
        var rows = ToyTable.Binary().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var wide = new StringBuilder();
        for (var i = 0; i < rows.Length; i++)
        {
            wide.Append(string.Concat(Enumerable.Range(0, 100).Select(c => i == 0 ? $"n{c}," : (i * (c + 7) * 7919 % 1009).ToString(CultureInfo.InvariantCulture) + ","))).Append(rows[i]).Append('\n');
        }

        _folder.Write("wide.csv", wide.ToString());
        var lines = _folder.Run("describe", "wide.csv", "--label", "y").Expect(0).Output.Split('\n');
        Assert.StartsWith("y ", lines[3], StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], lines[4..7].Select(l => l.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("and 64 more, which go together with the label less; --verbose shows all", lines);
        Assert.Contains("n99 ", _folder.Run("describe", "wide.csv", "--label", "y", "--verbose").Expect(0).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string table)
    {
        _folder.Write("toy.csv", table);
        _folder.Write("toy.yaml", ToyTable.Experiment());
    }

    // d is 1 for yes, but in one row of 120 where it is no copy
    private static string Leaky(bool copy)
    {
        var rows = ToyTable.Binary().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(rows.Select((row, i) =>
        {
            var at = row.LastIndexOf(',');
            var d = i == 0 ? "d" : row.EndsWith("yes", StringComparison.Ordinal) != (!copy && i % 120 == 7) ? "1" : "0";
            return row[..at] + "," + d + row[at..] + "\n";
        }));
    }
}
