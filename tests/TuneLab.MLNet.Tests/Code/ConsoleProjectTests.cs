using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Code;
using TuneLab.Testing;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet.Tests.Code;

public class ConsoleProjectTests
{
    private static readonly InputColumn[] Inputs =
    [
        new("age", ColumnType.Number, []), new("customer since", ColumnType.Date, []), new("customer-since", ColumnType.Category, ["a<b", "\"q\"\\"]),
        new("class", ColumnType.Boolean, ["no", "yes"]), new("2nd", ColumnType.Category, [.. Enumerable.Range(0, 12).Select(i => "v" + i)]), new("???", ColumnType.Number, []), new("straße", ColumnType.Text, []),
    ];

    [Theory]
    [InlineData(LearningTask.Binary, "lightgbm")]
    [InlineData(LearningTask.Multiclass, "sdcamaximumentropy")]
    [InlineData(LearningTask.Regression, "gam")]
    public void Write_OfATask_IsTheGoldenFile(LearningTask task, string trainer)
        => Golden.Matches($"tests/TuneLab.MLNet.Tests/Golden/console-{task.ToString().ToLowerInvariant()}.txt",
            string.Concat(ConsoleProject.Write(Card(task, trainer), Inputs).Select(f => $"=== {f.Name}\n{f.Text}")));

    [Theory]
    [InlineData("churn", "Churn")]
    [InlineData("race-telco_churn 1", "RaceTelcoChurn1")]
    [InlineData("2020 model", "_2020Model")]
    [InlineData("!?", "Model")]
    [InlineData("überschuss", "Überschuss")]
    [InlineData("日本", "日本")]
    public void Of_AName_IsAnIdentifier(string name, string expected) => Assert.Equal(expected, CodeNames.Of(name, "Model"));

    [Fact]
    public void Distinct_SameNamesAndTakenOnes_GetNumbers() => Assert.Equal(["A", "A_2", "B_2", "A_3"], CodeNames.Distinct(["A", "A", "B", "A"], "B"));

    private static ModelCard Card(LearningTask task, string trainer) => new()
    {
        Task = task, Label = "left <for good>", Classes = task switch { LearningTask.Binary => ["no", "yes \"!\""], LearningTask.Multiclass => ["a", "b", "c"], _ => [] }, Trainer = trainer, TrainerVersion = 1,
        Configuration = trainer + "{}", Rounds = 1, Metric = "any", Scores = new Dictionary<string, double>(), Seed = 1, Fingerprint = "none", Experiment = "churn", Plan = "{}",
    };
}
