namespace TuneLab.Cli.Tests.Runs;

/// <summary>The out-of-bag score of a forest that wins, from the fit to what a person reads.</summary>
public sealed class OutOfBagTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public OutOfBagTests() => ToyTable.WriteTo(_folder);

    [Fact]
    public void Run_ForestAlone_ReportsItsOutOfBagScore()
    {
        var json = Run("yes");
        var (best, score) = (json.GetProperty("best"), json.GetProperty("best").GetProperty("out_of_bag"));
        Assert.Equal("auc", score.GetProperty("metric").GetString());
        Assert.Equal(192, score.GetProperty("rows").GetInt32()); // four fifths of 240: of 60 trees some miss each row
        Assert.InRange(score.GetProperty("value").GetDouble(), best.GetProperty("validation").GetProperty("mean").GetDouble() - 0.05, best.GetProperty("validation").GetProperty("mean").GetDouble() + 0.05);
        Assert.Equal(json.GetProperty("best").GetRawText(), Run("yes").GetProperty("best").GetRawText()); // again, from the store
        Assert.Contains("Out of bag, the final model has auc", File.ReadAllText(_folder.At("runs/toy/report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ForestOnAllRows_HasNone()
    {
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Run("no").GetProperty("best").GetProperty("out_of_bag").ValueKind);
        Assert.DoesNotContain("Out of bag", File.ReadAllText(_folder.At("runs/toy/report.md")), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private System.Text.Json.JsonElement Run(string bootstrap)
        => _folder.Run("run", "toy.yaml", "--set", "trainers=[forest]", "--set", $"space={{ forest: {{ trees: 60, row_fraction: 1, bootstrap: {bootstrap} }} }}", "--json", "--quiet").Expect(0).Json();
}
