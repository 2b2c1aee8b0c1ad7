using TuneLab.MLNet;

namespace TuneLab.Cli.Tests.Errors;

/// <summary>Bad input that <c>run</c> meets: one message, exit code 2, nothing left behind.</summary>
public sealed class ExperimentErrorTests : IDisposable
{
    private const string FewFolds = "data: { file: toy.csv, label: y }\nvalidate: { folds: 3 }\nbudget: { trials: 2 }\noutput: { folder: runs/toy }\n";
    private readonly CliFolder _folder = new();

    [Fact]
    public void ExperimentFile_Missing_NamesTheNearest()
    {
        ToyTable.WriteTo(_folder);
        Fails("There is no experiment file", "toy.yaml", file: "toi.yaml");
    }

    [Fact]
    public void Data_Missing_NamesTheFile()
    {
        _folder.Write("toy.yaml", FewFolds);
        Fails("toy.csv", "");
    }

    [Fact]
    public void Data_Empty_SaysSo()
    {
        Data("");
        Fails("toy.csv", "empty");
    }

    [Fact]
    public void Data_HeaderOnly_SaysSo()
    {
        Data("a,b,c,y\n");
        Fails("toy.csv", "no rows");
    }

    [Fact]
    public void Label_Missing_NamesTheNearestAndListsThose()
    {
        Data(ToyTable.Binary().Replace("a,b,c,y", "age,bill,city,churned", StringComparison.Ordinal));
        Fails("no column 'churn'", "Did you mean 'churned'?", "age, bill, city, churned", more: ["--set", "data.label=churn"]);
    }

    [Fact]
    public void Label_WithOneClass_SaysSo()
    {
        Data(ToyTable.Binary().Replace(",no\n", ",yes\n", StringComparison.Ordinal));
        Fails("'y'", "yes");
    }

    [Fact]
    public void Label_MissingInAllRows_SaysSo()
    {
        Data(ToyTable.Binary().Replace(",no\n", ",\n", StringComparison.Ordinal).Replace(",yes\n", ",\n", StringComparison.Ordinal));
        Fails("'y'", "missing in all 240 rows");
    }

    [Fact]
    public void Row_Ragged_NamesLineAndFields()
    {
        Data(ToyTable.Binary() + "1,2,x\n");
        Fails("line 242", "3", "4");
    }

    [Fact]
    public void Metric_OfAnotherTask_ListsThoseOfThisOne()
    {
        Data(ToyTable.Binary());
        Fails("rmse", "", more: ["--set", "task=binary", "--set", "metric=rmse"]);
    }

    [Fact]
    public void Metric_OfARegressionForALabelOfYesAndNo_SaysSo()
    {
        Data(ToyTable.Binary());
        Fails("needs a number as its label", "'y' is a boolean", "auc", more: ["--set", "metric=rmse"]);
    }

    [Fact]
    public void Metric_Unknown_NamesTheNearest()
    {
        Data(ToyTable.Binary());
        Fails("aucc", "'auc'", more: ["--set", "metric=aucc"]);
    }

    [Fact]
    public void Trainer_Unknown_NamesTheNearest()
    {
        Data(ToyTable.Binary());
        Fails("There is no trainer 'bosting'", "'boosting'", more: ["--set", "trainers=[bosting]"]);
    }

    [SkippableFact]
    public void Trainer_OfMLNet_SaysHowToGetIt()
    {
        Skip.If(EngineAvailability.IsAvailable, "The ML.NET trainers are in this build.");
        Data(ToyTable.Binary());
        Fails("'lightgbm' is not in this build", "ML.NET", more: ["--set", "trainers=[lightgbm]"]);
    }

    [Fact]
    public void Key_Unknown_NamesTheNearest()
    {
        Data(ToyTable.Binary(), FewFolds.Replace("budget", "buget", StringComparison.Ordinal));
        Fails("toy.yaml line 3", "buget", "budget");
    }

    [Fact]
    public void Range_TheWrongWayRound_NamesTheLine()
    {
        Data(ToyTable.Binary(), FewFolds + "trainers: [boosting]\nspace: { boosting: { learning_rate: { low: 0.5, high: 0.1 } } }\n");
        Fails("toy.yaml line 6", "0.5", "0.1");
    }

    [Fact]
    public void Folds_MoreThanRowsOfAClass_SaysSo()
    {
        var rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i % 7},x,{(i < 3 ? "yes" : "no")}\n"));
        Data("a,b,c,y\n" + rows);
        Fails("folds", "yes", more: ["--set", "validate.folds=5"]);
    }

    [Fact]
    public void Faults_OfOneFile_AreToldAllAtOnce()
    {
        Data(ToyTable.Binary(), "data: { file: toy.csv, label: y }\nvalidate: { folds: 1 }\nbudget: { trials: -2 }\nmetrik: auc\n");
        Fails("folds", "trials", "metrik");
    }

    [Fact]
    public void OutputFolder_BelowAFile_FailsBeforeTheDataAreRead()
    {
        Data("this,is\nno,table,at,all\n");
        _folder.Write("blocked", "");
        Fails("can't be written", "output.folder", more: ["--out", "blocked/out"]);
    }

    [Fact]
    public void Store_OfANewerVersion_IsLeftAlone()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("run", "toy.yaml", "--quiet").Expect(0);
        NewerStore.Make(_folder.Store);
        _folder.Run("run", "toy.yaml").ExpectBadInput("schema version 9999", "Update TuneLab");
        _folder.Run("status").ExpectBadInput("schema version 9999");
    }

    [Fact]
    public void Trials_AllFailed_ListsTheReasonsByCount()
    {
        // one row counts: some fold always has to do without it
        var rows = ToyTable.Binary().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Data(string.Concat(rows.Select((row, i) => row + (i == 0 ? ",w" : i == 1 ? ",1" : ",0") + "\n")), FewFolds.Replace("label: y", "label: y, weight: w", StringComparison.Ordinal).Replace("trials: 2", "trials: 6", StringComparison.Ordinal));
        _folder.Run("run", "toy.yaml", "--quiet", "--set", "trainers=[linear]").ExpectError(1, "All 6 trials failed", "6 x linear: There is no training row with a weight above 0");
        Assert.False(File.Exists(_folder.At("runs/toy/model.zip")));
    }

    [Fact]
    public void Store_BelowAFile_SaysSo()
    {
        ToyTable.WriteTo(_folder);
        _folder.Write("blocked", "");
        _folder.Run("run", "toy.yaml", "--store", "blocked/store.db").ExpectBadInput("blocked", "--store");
    }

    [Fact]
    public void Store_ThatIsNone_SaysSo()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("run", "toy.yaml", "--store", "toy.csv").ExpectBadInput("not a TuneLab store");
    }

    private void Data(string csv, string experiment = FewFolds)
    {
        _folder.Write("toy.csv", csv);
        _folder.Write("toy.yaml", experiment);
    }

    private void Fails(string words, string others, string third = "", string file = "toy.yaml", string[]? more = null)
    {
        var before = _folder.Files();
        _folder.Run(["run", file, .. more ?? []]).ExpectBadInput(words, others, third);
        Assert.Equal(before, _folder.Files());
    }

    public void Dispose() => _folder.Dispose();
}
