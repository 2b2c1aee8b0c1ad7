namespace TuneLab.Cli.Tests.Runs;

/// <summary>Real tables, from a file that nobody has prepared to predictions, with the experiment file as <c>init</c> writes it. The budget is cut so that the tests stay short.</summary>
public sealed class RealTableTests : IDisposable
{
    private readonly CliFolder _folder = new();

    [SkippableTheory]
    [InlineData("titanic", "Survived")]
    [InlineData("telco_churn", "Churn")]
    [InlineData("lgbm_multiclass", "label")]
    [InlineData("diabetes", "progression")]
    [InlineData("wine_quality", "quality")]
    public void Table_ByInitAlone_GivesAModelThatPredictsAndIsNotWorseThanItsBaseline(string name, string label)
    {
        Skip.If(SharedData.Folder is null, SharedData.Missing);
        _folder.Run("init", SharedData.Csv(name), "--label", label).Expect(0);
        var json = _folder.Run("run", name + ".yaml", "--trials", "5", "--set", "validate.folds=3", "--set", "trainers=[linear, boosting]", "--set", "space.boosting.rounds=30", "--json", "--quiet").Expect(0).Json();
        var baseline = json.GetProperty("baseline").GetProperty("holdout").GetProperty("value").GetDouble();
        var low = json.GetProperty("verdict").GetProperty("low").GetDouble();
        Assert.True(low > -0.01 * Math.Abs(baseline), $"{name}: the winner may be worse than the baseline by {-low} of {baseline}");

        _folder.Run("predict", $"runs/{name}/model.zip", SharedData.Csv(name), "-o", "out.csv").Expect(0);
        Assert.Equal(SharedData.Tables().First(t => t.Name == name).Rows + 1, File.ReadAllLines(_folder.At("out.csv")).Length);
    }

    public void Dispose() => _folder.Dispose();
}
